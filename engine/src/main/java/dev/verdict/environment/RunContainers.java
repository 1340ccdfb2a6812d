package dev.verdict.environment;

import dev.verdict.environment.docker.Containers;
import dev.verdict.environment.docker.Engine;
import dev.verdict.environment.docker.Labels;
import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/// Finds a run's containers by what its ledger says, after its Verdict died.
public final class RunContainers {
    private final RunFolder run;

    public RunContainers(RunFolder run) {
        this.run = run;
    }

    /// Lets the paused containers of a service go on.
    ///
    /// @return how many were paused
    /// @throws EnvironmentException if their engine cannot be reached
    public int resume(String service) throws InterruptedException {
        if (!Files.exists(run.ledger())) {
            return 0;
        }
        try {
            return resume(service, Ledger.read(run.ledger()));
        } catch (IOException e) {
            throw new EnvironmentException("the ledger %s cannot be read: %s".formatted(run.ledger(), e), e);
        }
    }

    private static int resume(String service, Ledger.Content ledger) throws InterruptedException {
        int resumed = 0;
        String nonce = ledger.owned().map(owned -> owned.mark().nonce()).orElse("");
        for (LedgerEntry.EngineAnnounced announced : ledger.all(LedgerEntry.EngineAnnounced.class)) {
            try (Engine engine = Engine.connect(announced.address())) {
                Map<String, String> labels = Map.of(Labels.MARK, nonce, Labels.SERVICE, service);
                for (Containers.Listed container : engine.containers().list(labels)) {
                    if (container.status().equals("paused")) {
                        engine.containers().unpause(container.id());
                        resumed++;
                    }
                }
            }
        }
        return resumed;
    }
}
