package dev.verdict.environment;

import dev.verdict.environment.docker.ContainerAudit;
import dev.verdict.environment.docker.ContainerSpec;
import dev.verdict.environment.docker.Engine;
import dev.verdict.environment.docker.EngineAddress;
import dev.verdict.environment.docker.Labels;
import dev.verdict.journal.RunFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Creates and removes everything that there can be in an engine, over and over, until it is
/// killed: a program for tests, in a process of its own.
final class KilledContainers {
    private KilledContainers() {}

    /// Takes the plan's folder, the run's id, the engine's host, the image and a subnet; says
    /// `up` each time when everything is there.
    public static void main(String[] args) throws InterruptedException {
        Mark mark = Mark.of(args[1], new SecureRandom());
        Map<String, String> labels = Labels.of(mark.run(), mark.nonce(), "store");
        EngineAddress address = new EngineAddress(args[2], Optional.empty());
        List<Map<String, String>> owned = List.of(Map.of(Labels.MARK, mark.nonce()));
        try (Engine engine = Engine.connect(address);
                Ledger ledger =
                        Ledger.open(RunFolder.of(Path.of(args[0]), args[1]).ledger())) {
            ledger.append(new LedgerEntry.RunOwned(Owner.self(ProcessTable.here()), mark, Instant.now()));
            ContainerAudit.Before before = ContainerAudit.look(engine, owned);
            ledger.append(LedgerEntry.EngineAnnounced.of(address, "", before));
            while (true) {
                String network = engine.networks().create("verdict-" + mark.nonce(), args[4], labels);
                engine.volumes().create("verdict-" + mark.nonce(), labels);
                for (int i = 0; i < 2; i++) {
                    String id = engine.containers()
                            .create(new ContainerSpec(args[3])
                                    .command(List.of("/bin/busybox", "sleep", "600"))
                                    .labels(labels)
                                    .binds(List.of("verdict-%s:/data".formatted(mark.nonce())))
                                    .host("Mounts", List.of(Map.of("Type", "volume", "Target", "/anonymous")))
                                    .network(network, List.of()));
                    engine.containers().start(id);
                }
                System.out.println("up");
                ContainerAudit audit = new ContainerAudit(engine, owned, before);
                for (var thing : audit.find(List.of())) {
                    audit.remove(thing);
                }
            }
        }
    }
}
