package dev.verdict.workload;

import dev.verdict.journal.Event.OperationOutcome;
import dev.verdict.plan.Workload;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/// Looks at each thing, at each node, until that is answered or the time is over; empties queues.
final class LastLooks {
    private final Workload workload;
    private final IntFunction<Node> nodes;
    private final Recorder recorder;
    private final AtomicLong processes;
    private final Crew crew;
    private final String function;
    private final long until;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> unanswered = new ConcurrentLinkedQueue<>();

    LastLooks(Workload workload, IntFunction<Node> nodes, Recorder recorder, AtomicLong processes, Crew crew) {
        this.workload = workload;
        this.nodes = nodes;
        this.recorder = recorder;
        this.processes = processes;
        this.crew = crew;
        this.function = workload.model().look().orElseThrow();
        this.until = System.nanoTime() + workload.settle().toNanos();
    }

    /// Looks, and returns what was not answered.
    Optional<String> look() throws InterruptedException {
        int places = Math.max(1, workload.at().size());
        boolean queue = workload.model().isQueue();
        // A queue is emptied at one node; everything else must be seen at each.
        int all = queue ? workload.keys() : workload.keys() * places;
        for (int worker = 0; worker < Math.min(all, workload.clients()); worker++) {
            crew.start("last-look-" + worker, () -> {
                for (int index = next.getAndIncrement(); index < all; index = next.getAndIncrement()) {
                    int key = index % workload.keys();
                    try (Client client = client(index / workload.keys())) {
                        boolean answered = queue ? drain(client, key) : seen(client, key);
                        if (!answered) {
                            unanswered.add(words(client, key));
                        }
                    }
                }
            });
        }
        crew.join();
        return unanswered.stream()
                .sorted()
                .findFirst()
                .map(first -> unanswered.size() == 1
                        ? first
                        : first + ", and so it was with " + (unanswered.size() - 1) + " more");
    }

    private Client client(int place) {
        return new Client(workload, nodes.apply(place), recorder, processes);
    }

    private String words(Client client, int key) {
        String ofKey = workload.keys() > 1 ? " of key " + key : "";
        String atNode = client.node().isEmpty() ? "" : " at " + client.node();
        return "%s%s%s".formatted(function, ofKey, atNode);
    }

    private boolean seen(Client client, int key) throws InterruptedException {
        do {
            if (client.perform(Chooser.look(function, key)).outcome() == OperationOutcome.OK) {
                return true;
            }
        } while (again());
        return false;
    }

    /// Takes everything out, and then notes that the queue was seen empty.
    private boolean drain(Client client, int key) throws InterruptedException {
        Chosen look = Chooser.look(function, key);
        while (true) {
            Ended ended = client.perform(look);
            if (ended.outcome() == OperationOutcome.OK && ended.nothing()) {
                client.note(
                        new Chosen("drain", key, NullNode.getInstance(), "", ""),
                        Ended.seeing("empty", JsonNodeFactory.instance.arrayNode(), true));
                return true;
            }
            boolean more = ended.outcome() == OperationOutcome.OK ? System.nanoTime() < until : again();
            if (!more) {
                return false;
            }
        }
    }

    /// Waits a moment, and tells whether there is time to ask again.
    private boolean again() throws InterruptedException {
        if (System.nanoTime() >= until) {
            return false;
        }
        Pacer.rest();
        return true;
    }
}
