package dev.verdict.consistency;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Checks what a session, that is a process, may rely on (Terry and others, "Session Guarantees for
/// Weakly Consistent Replicated Data", 1994), where every read tells which writes it saw: `add` or
/// `append` of a unique element to a key, `read` of all its elements. Each key stands for itself;
/// the order of elements in a read says nothing.
///
/// @param guarantees those that must hold
public record SessionGuarantees(Set<Guarantee> guarantees) implements Checker {
    /// Is one of the four guarantees.
    public enum Guarantee {
        /// A read sees what the session wrote before.
        READ_YOUR_WRITES("read-your-writes"),
        /// A read sees what the session read before.
        MONOTONIC_READS("monotonic-reads"),
        /// A read by anybody that sees a write sees what its session wrote before it.
        MONOTONIC_WRITES("monotonic-writes"),
        /// A read by anybody that sees a write sees what its session had read before it.
        WRITES_FOLLOW_READS("writes-follow-reads");

        private final String term;

        Guarantee(String term) {
            this.term = term;
        }

        /// Returns the field's term, as `monotonic-reads`.
        public String term() {
            return term;
        }
    }

    public SessionGuarantees {
        guarantees = Set.copyOf(guarantees);
    }

    /// Returns a checker of all four.
    public static SessionGuarantees all() {
        return new SessionGuarantees(EnumSet.allOf(Guarantee.class));
    }

    @Override
    public Answer check(History history, Budget budget) {
        Conclusion conclusion = new Conclusion();
        for (Part part : Part.of(history)) {
            new Sessions(part, conclusion).check(budget);
        }
        budget.spent().ifPresent(conclusion::unknown);
        if (conclusion.counted("reads") == 0) {
            conclusion.unknown("no read was acknowledged");
        }
        return conclusion.answer();
    }

    /// Is what one process did to the key.
    private static final class Session {
        private final Column writes = new Column(); // elements, in order
        private final Column writers = new Column(); // of a write: its operation
        private final Column readBefore = new Column(); // of a write: how many elements were read before it
        private final Column read = new Column(); // elements that were read, by the first read of them
        private final Column readers = new Column(); // of an element that was read: the operation
        private final IntMap readAlready = new IntMap();
        private int lastRead = -1;
    }

    private final class Sessions {
        private final Part part;
        private final History history;
        private final Conclusion conclusion;
        private final IntMap elements = new IntMap();
        private final IntMap lanes = new IntMap();
        private final Column writerOf = new Column(); // of an element: its session, or -1
        private final Column placeOf = new Column(); // of an element: its place among its session's writes
        private Session[] sessions = new Session[0];
        private int[] seenBy = new int[0]; // of an element: the read that was looked at last and saw it
        private int[] lastWrite = new int[0]; // of a session: the last of its writes that the read saw

        Sessions(Part part, Conclusion conclusion) {
            this.part = part;
            this.history = part.history();
            this.conclusion = conclusion;
        }

        void check(Budget budget) {
            collect();
            seenBy = new int[elements.size()];
            Arrays.fill(seenBy, -1);
            lastWrite = new int[sessions.length];
            int[] ownWrites = new int[sessions.length];
            for (int operation : part.operations()) {
                if (budget.spent().isPresent()) {
                    return;
                }
                int session = lanes.get(history.lane(operation));
                if (isWrite(operation)) {
                    ownWrites[session] += part.failed(operation) ? 0 : 1;
                } else if (part.ok(operation)) {
                    read(operation, session, ownWrites[session]);
                }
            }
        }

        private boolean isWrite(int operation) {
            return switch (part.function(operation)) {
                case "add", "append" -> true;
                case "read" -> false;
                case String other ->
                    throw new HistoryException("sessions are checked by add or append, and read; not by " + other);
            };
        }

        /// Notes what each session wrote and read, in its order.
        private void collect() {
            for (int operation : part.operations()) {
                int lane = lanes.number(history.lane(operation));
                if (lane == sessions.length) {
                    sessions = Arrays.copyOf(sessions, lane + 1);
                    sessions[lane] = new Session();
                }
                if (isWrite(operation) && !part.failed(operation)) {
                    write(operation, lane);
                } else if (!isWrite(operation) && part.ok(operation)) {
                    reads(operation, sessions[lane]);
                }
            }
        }

        private void write(int operation, int lane) {
            Session session = sessions[lane];
            int element = element(history.argument(operation));
            if (writerOf.get(element) >= 0) {
                throw new HistoryException("%s was added%s more than once, so reads do not tell which of them they saw"
                        .formatted(part.plain(history.argument(operation)), part.ofKey()));
            }
            writerOf.set(element, lane);
            placeOf.set(element, session.writes.size());
            session.writes.add(element);
            session.writers.add(operation);
            session.readBefore.add(session.read.size());
        }

        private void reads(int operation, Session session) {
            for (int cell : seen(operation)) {
                int element = element(cell);
                if (session.readAlready.get(element) == IntMap.NONE) {
                    session.readAlready.number(element);
                    session.read.add(element);
                    session.readers.add(operation);
                }
            }
        }

        private int[] seen(int read) {
            int cell = history.result(read);
            if (cell != Values.NIL && !history.values().isList(cell)) {
                throw new HistoryException(
                        "operation %d read %s, which is no list or set".formatted(read, part.plain(cell)));
            }
            return history.values().items(cell);
        }

        private int element(int cell) {
            int element = elements.number(cell);
            if (element == writerOf.size()) {
                writerOf.add(-1);
                placeOf.add(-1);
            }
            return element;
        }

        private void read(int operation, int own, int ownWrites) {
            conclusion.count("reads", 1);
            Arrays.fill(lastWrite, -1);
            for (int cell : seen(operation)) {
                int element = elements.get(cell);
                seenBy[element] = operation;
                int writer = writerOf.get(element);
                if (writer >= 0) {
                    lastWrite[writer] = Math.max(lastWrite[writer], placeOf.get(element));
                }
            }
            readYourWrites(operation, sessions[own], ownWrites);
            monotonicReads(operation, sessions[own]);
            for (int session = 0; session < sessions.length; session++) {
                if (lastWrite[session] >= 0) {
                    monotonicWrites(operation, sessions[session], lastWrite[session]);
                    writesFollowReads(operation, sessions[session], lastWrite[session]);
                }
            }
        }

        private void readYourWrites(int read, Session session, int writes) {
            for (int at = 0; at < writes; at++) {
                if (seenBy[session.writes.get(at)] != read) {
                    int write = session.writers.get(at);
                    wrong(
                            Guarantee.READ_YOUR_WRITES,
                            List.of(write, read),
                            "process %d added %s%s and then did not read it"
                                    .formatted(history.process(read), plain(session.writes.get(at)), part.ofKey()));
                    return;
                }
            }
        }

        private void monotonicReads(int read, Session session) {
            int before = session.lastRead;
            session.lastRead = read;
            if (before < 0) {
                return;
            }
            for (int cell : seen(before)) {
                if (seenBy[elements.get(cell)] != read) {
                    wrong(
                            Guarantee.MONOTONIC_READS,
                            List.of(before, read),
                            "process %d read %s%s and later did not"
                                    .formatted(history.process(read), part.plain(cell), part.ofKey()));
                    return;
                }
            }
        }

        private void monotonicWrites(int read, Session session, int last) {
            for (int at = 0; at < last; at++) {
                if (seenBy[session.writes.get(at)] != read) {
                    wrong(
                            Guarantee.MONOTONIC_WRITES,
                            List.of(session.writers.get(at), session.writers.get(last), read),
                            "process %d read %s, but not %s, which the process that added the former had added before%s"
                                    .formatted(
                                            history.process(read),
                                            plain(session.writes.get(last)),
                                            plain(session.writes.get(at)),
                                            part.ofKey()));
                    return;
                }
            }
        }

        private void writesFollowReads(int read, Session session, int last) {
            for (int at = 0; at < session.readBefore.get(last); at++) {
                if (seenBy[session.read.get(at)] != read) {
                    wrong(
                            Guarantee.WRITES_FOLLOW_READS,
                            List.of(session.readers.get(at), session.writers.get(last), read),
                            "process %d read %s, but not %s, which the process that added the former had read before%s"
                                    .formatted(
                                            history.process(read),
                                            plain(session.writes.get(last)),
                                            plain(session.read.get(at)),
                                            part.ofKey()));
                    return;
                }
            }
        }

        private String plain(int element) {
            int writer = writerOf.get(element);
            return writer < 0
                    ? "an element that nobody added"
                    : part.plain(history.argument(sessions[writer].writers.get(placeOf.get(element))));
        }

        private void wrong(Guarantee guarantee, List<Integer> operations, String text) {
            if (guarantees.contains(guarantee)) {
                conclusion.wrong(new Anomaly(
                        guarantee.term(),
                        text,
                        operations.stream().distinct().sorted().toList(),
                        List.of(operations.getLast())));
            }
        }
    }
}
