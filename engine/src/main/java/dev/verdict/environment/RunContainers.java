package dev.verdict.environment;

import dev.verdict.environment.docker.Containers;
import dev.verdict.environment.docker.Engine;
import dev.verdict.environment.docker.Labels;
import dev.verdict.environment.docker.Networks;
import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Acts on a run's containers by what its ledger says, also after its Verdict died.
public final class RunContainers {
    private final RunFolder run;

    public RunContainers(RunFolder run) {
        this.run = run;
    }

    /// Does something in an engine that the run uses.
    private interface Work<T> {
        /// @param nonce the run's mark
        T in(Engine engine, String nonce) throws InterruptedException;
    }

    /// Returns what came of it in each engine of the run.
    ///
    /// @throws EnvironmentException if one cannot be reached
    private <T> List<T> each(Work<T> work) throws InterruptedException {
        List<T> answers = new ArrayList<>();
        if (Files.exists(run.ledger())) {
            Ledger.Content ledger = ledger();
            String nonce = ledger.owned().map(owned -> owned.mark().nonce()).orElse("");
            for (LedgerEntry.EngineAnnounced announced : ledger.all(LedgerEntry.EngineAnnounced.class)) {
                try (Engine engine = Engine.connect(announced.address())) {
                    answers.add(work.in(engine, nonce));
                }
            }
        }
        return answers;
    }

    private Ledger.Content ledger() {
        try {
            return Ledger.read(run.ledger());
        } catch (IOException e) {
            throw new EnvironmentException("the ledger %s cannot be read: %s".formatted(run.ledger(), e), e);
        }
    }

    /// Lets the paused containers of a service go on.
    ///
    /// @return how many were paused
    /// @throws EnvironmentException if their engine cannot be reached
    public int resume(String service) throws InterruptedException {
        return each((engine, nonce) -> resume(engine, Map.of(Labels.MARK, nonce, Labels.SERVICE, service))).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static int resume(Engine engine, Map<String, String> labels) throws InterruptedException {
        int resumed = 0;
        for (Containers.Listed container : engine.containers().list(labels)) {
            if (container.status().equals("paused")) {
                engine.containers().unpause(container.id());
                resumed++;
            }
        }
        return resumed;
    }

    /// Says in which networks a container is.
    ///
    /// @throws EnvironmentException if it is not there
    public Membership membership(String container) throws InterruptedException {
        return each((engine, _) -> engine.containers().find(container).isPresent()
                        ? engine.networks().of(container)
                        : List.<Networks.Joined>of())
                .stream()
                .filter(networks -> !networks.isEmpty())
                .map(networks -> new Membership(container, networks))
                .findFirst()
                .orElseThrow(() -> new EnvironmentException("container %s is in no network".formatted(container)));
    }

    /// Takes a container out of its networks, into a new one in which nobody else is: there its
    /// published ports go on to be reached from this machine, as they would not without a network.
    ///
    /// @param into the new network's name
    public void leave(Membership member, String into) throws InterruptedException {
        each((engine, nonce) -> {
            if (engine.containers().find(member.container()).isPresent()) {
                Networks networks = engine.networks();
                networks.create(into, "", Map.of(Labels.RUN, run.id(), Labels.MARK, nonce));
                networks.connect(into, member.container(), List.of());
                for (Networks.Joined left : member.networks()) {
                    networks.disconnect(left.network(), member.container());
                }
            }
            return into;
        });
    }

    /// Takes a container back to its networks, and removes the one that it was alone in. Right to
    /// do twice, and if it never left or left only some.
    ///
    /// @return whether it had to be connected to any
    public boolean rejoin(Membership member, String from) throws InterruptedException {
        return each((engine, _) -> {
                    boolean left = engine.containers().find(member.container()).isPresent()
                            && rejoin(engine.networks(), member, from);
                    engine.networks().remove(from);
                    return left;
                })
                .contains(true);
    }

    private static boolean rejoin(Networks networks, Membership member, String from) throws InterruptedException {
        List<String> now = networks.of(member.container()).stream()
                .map(Networks.Joined::network)
                .toList();
        List<Networks.Joined> left = member.networks().stream()
                .filter(joined -> !now.contains(joined.network()))
                .toList();
        for (Networks.Joined joined : left) {
            networks.rejoin(joined, member.container());
        }
        if (now.contains(from)) {
            networks.disconnect(from, member.container());
        }
        return !left.isEmpty();
    }
}
