package dev.verdict.workload;

import dev.verdict.journal.Event.OperationOutcome;
import dev.verdict.plan.Workload;
import dev.verdict.plan.Workload.Operation;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// Does one operation after the other. After one of unknown outcome it goes on as a new process:
/// the old one may still be doing something.
final class Client implements AutoCloseable {
    private final Workload workload;
    private final Node node;
    private final Recorder recorder;
    private final AtomicLong processes;
    private long process;
    private long last;

    /// @param processes the next process's number, shared by all clients
    Client(Workload workload, Node node, Recorder recorder, AtomicLong processes) {
        this.workload = workload;
        this.node = node;
        this.recorder = recorder;
        this.processes = processes;
        this.process = processes.getAndIncrement();
    }

    String node() {
        return node.address();
    }

    /// Asks, waits for the answer and records both.
    Ended perform(Chosen chosen) throws InterruptedException {
        Operation operation = Objects.requireNonNull(workload.operations().get(chosen.function()), chosen.function());
        // A process has one operation at a time, also in the eyes of a clock that stood still.
        long called = Math.max(recorder.now(), last + 1);
        Ended ended;
        try {
            ended = read(operation, chosen, node.ask(operation.action(), name -> input(chosen, name)));
        } catch (Unanswered e) {
            ended = Ended.without(e.sent() ? OperationOutcome.UNKNOWN : OperationOutcome.FAIL, e.what());
        } catch (InterruptedException e) {
            finish(chosen, called, Ended.without(OperationOutcome.UNKNOWN, "interrupted"));
            throw e;
        }
        finish(chosen, called, ended);
        return ended;
    }

    /// Records something that follows from what was recorded before.
    void note(Chosen chosen, Ended ended) {
        finish(chosen, Math.max(recorder.now(), last + 1), ended);
    }

    private void finish(Chosen chosen, long called, Ended ended) {
        last = Math.max(recorder.now(), called + 1);
        recorder.record(process, chosen, called, last, ended);
        if (ended.outcome() == OperationOutcome.UNKNOWN) {
            node.close();
            process = processes.getAndIncrement();
        }
    }

    private Ended read(Operation operation, Chosen chosen, Reply reply) {
        boolean looks =
                workload.model().look().filter(chosen.function()::equals).isPresent();
        Reading reading = new Reading(workload.model(), operation, looks);
        return switch (reading.meaning(reply)) {
            case FAIL -> Ended.without(OperationOutcome.FAIL, reply.code());
            case UNKNOWN -> Ended.without(OperationOutcome.UNKNOWN, reply.code());
            case EMPTY -> Ended.seeing(reply.code(), reading.nothing(), true);
            case OK ->
                looks
                        ? Ended.seeing(reply.code(), reading.result(reply), false)
                        : new Ended(OperationOutcome.OK, reply.code(), chosen.argument(), "", false);
        };
    }

    private String input(Chosen chosen, String name) {
        return switch (name) {
            case "key" -> Integer.toString(chosen.key());
            case "value" -> chosen.input();
            case "expected" -> chosen.expected();
            case "process" -> Long.toString(process);
            case "node" -> node.address();
            default -> throw new IllegalArgumentException("the plan let through the unknown input " + name);
        };
    }

    @Override
    public void close() {
        node.close();
    }
}
