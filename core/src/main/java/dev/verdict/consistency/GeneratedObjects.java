package dev.verdict.consistency;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/// Makes histories of clients that use one perfect copy of a set, a queue, a counter and the like,
/// and after that, on a key of its own, one that does a single thing wrong: to try checkers, and
/// whoever uses them. The same settings make the same history.
///
/// @param kind what the clients use
/// @param seed where chance starts
/// @param clients how many call at the same time
/// @param operations how many operations there are, without those of the flaw
/// @param unknown how many of a hundred changes are never answered
/// @param flaw the name of the anomaly that the history shows at its end, as `lost`; "" for none
public record GeneratedObjects(Kind kind, long seed, int clients, int operations, int unknown, String flaw) {
    /// Is what clients use.
    public enum Kind {
        /// `add` and `read`, each element once; for sets and for sessions.
        SET(
                "lost",
                "stale",
                "duplicated",
                "never-added",
                "crossing-reads",
                "not-linearizable",
                "read-your-writes",
                "monotonic-reads",
                "monotonic-writes",
                "writes-follow-reads"),
        /// `enqueue`, `dequeue`, and a `drain` at the end.
        QUEUE("lost", "duplicated", "unexpected"),
        /// `add`, also of negative numbers, and `read`.
        COUNTER("out-of-bounds"),
        /// `generate`.
        IDS("duplicated"),
        /// `transfer` and `read`.
        BANK("wrong-total", "negative", "no-balance", "other-accounts");

        @SuppressWarnings("ImmutableEnumChecker") // the list is of the unchangeable kind
        private final List<String> flaws;

        Kind(String... flaws) {
            this.flaws = List.of(flaws);
        }

        /// Returns the names of the flaws that this kind can have.
        public List<String> flaws() {
            return flaws;
        }
    }

    public GeneratedObjects {
        if (!flaw.isEmpty() && !kind.flaws.contains(flaw)) {
            throw new IllegalArgumentException("%s has no flaw %s, but %s".formatted(kind, flaw, kind.flaws));
        }
    }

    /// Describes histories as a plain test makes them: five clients, two hundred operations, one
    /// change in twenty unknown.
    public static GeneratedObjects of(Kind kind, long seed) {
        return new GeneratedObjects(kind, seed, 5, 200, 5, "");
    }

    /// Returns the same with so many operations.
    public GeneratedObjects withOperations(int count) {
        return new GeneratedObjects(kind, seed, clients, count, unknown, flaw);
    }

    /// Returns the same with so many of a hundred changes that are never answered.
    public GeneratedObjects withUnknown(int percent) {
        return new GeneratedObjects(kind, seed, clients, operations, percent, flaw);
    }

    /// Returns the same with a flaw: the history is not valid.
    public GeneratedObjects withFlaw(String wrong) {
        return new GeneratedObjects(kind, seed, clients, operations, unknown, wrong);
    }

    /// Makes the history.
    public History history() {
        return new Making(this).make();
    }

    private static final class Client {
        private long process;
        private boolean busy;
        private boolean done;
        private String function = "";
        private int argument;
        private int result;
    }

    private static final class Making {
        private static final int ACCOUNTS = 4;
        private static final int BALANCE = 100;

        private final GeneratedObjects settings;
        private final SplittableRandom random;
        private final History.Builder builder = new History.Builder();
        private final Values values = builder.values();
        private final List<Client> clients = new ArrayList<>();
        private final Cells elements = new Cells();
        private final Deque<Integer> queue = new ArrayDeque<>();
        private final long[] balances = new long[ACCOUNTS];
        private long counter;
        private int fresh;
        private long processes;
        private long line;

        Making(GeneratedObjects settings) {
            this.settings = settings;
            this.random = new SplittableRandom(settings.seed);
            java.util.Arrays.fill(balances, BALANCE);
            for (int at = 0; at < settings.clients; at++) {
                clients.add(new Client());
                clients.get(at).process = processes++;
            }
        }

        History make() {
            int called = 0;
            int busy = 0;
            while (called < settings.operations || busy > 0) {
                Client client = clients.get(random.nextInt(clients.size()));
                if (!client.busy && called < settings.operations) {
                    called++;
                    busy++;
                    call(client);
                } else if (client.busy && !client.done) {
                    busy -= act(client) ? 0 : 1;
                } else if (client.busy) {
                    busy--;
                    client.busy = false;
                    builder.complete(++line, client.process, Completion.OK, client.function, client.result, line);
                }
            }
            last();
            if (!settings.flaw.isEmpty()) {
                new FlawedObject(builder, processes, line).show(settings.kind, settings.flaw);
            }
            return builder.build();
        }

        private void call(Client client) {
            boolean changes = random.nextBoolean();
            client.busy = true;
            client.done = false;
            client.argument = Values.NIL;
            client.function = switch (settings.kind) {
                case SET, COUNTER -> changes ? "add" : "read";
                case QUEUE -> changes ? "enqueue" : "dequeue";
                case IDS -> "generate";
                case BANK -> changes ? "transfer" : "read";
            };
            if (changes) {
                client.argument = switch (settings.kind) {
                    case SET, QUEUE -> fresh++;
                    case COUNTER -> values.integer(random.nextInt(5) - 1);
                    case IDS -> Values.NIL;
                    case BANK ->
                        values.list(random.nextInt(ACCOUNTS), random.nextInt(ACCOUNTS), 1 + random.nextInt(BALANCE));
                };
            }
            builder.call(++line, client.process, client.function, Values.NIL, client.argument, line);
        }

        /// Lets the operation take place at once, or leaves it open; tells whether it will be
        /// answered.
        private boolean act(Client client) {
            boolean change = client.argument != Values.NIL;
            boolean answered = !change || random.nextInt(100) >= settings.unknown;
            client.done = true;
            if (answered || random.nextBoolean()) {
                client.result = run(client);
            }
            if (!answered) {
                builder.complete(++line, client.process, Completion.INFO, client.function, Values.NIL, line);
                client.process = processes++;
                client.busy = false;
            }
            return answered;
        }

        private int run(Client client) {
            return switch (client.function) {
                case "add" -> add(client.argument);
                case "enqueue" -> {
                    queue.add(client.argument);
                    yield client.argument;
                }
                case "dequeue" -> queue.isEmpty() ? Values.NIL : queue.remove();
                case "generate" -> fresh++;
                case "transfer" -> transfer(values.items(client.argument));
                default -> read();
            };
        }

        private int add(int argument) {
            if (settings.kind == Kind.COUNTER) {
                counter += values.number(argument).orElseThrow();
            } else {
                elements.add(argument);
            }
            return argument;
        }

        private int transfer(int[] transfer) {
            if (balances[transfer[0]] >= transfer[2]) {
                balances[transfer[0]] -= transfer[2];
                balances[transfer[1]] += transfer[2];
            }
            return Values.NIL;
        }

        private int read() {
            return switch (settings.kind) {
                case COUNTER -> values.integer(counter);
                case BANK -> {
                    Cells entries = new Cells();
                    for (int account = 0; account < ACCOUNTS; account++) {
                        entries.add(account);
                        entries.add(values.integer(balances[account]));
                    }
                    yield values.map(entries.toArray());
                }
                default -> values.set(elements.toArray());
            };
        }

        /// Reads or drains, when all is quiet.
        private void last() {
            if (settings.kind == Kind.IDS) {
                return;
            }
            boolean drain = settings.kind == Kind.QUEUE;
            String function = drain ? "drain" : "read";
            int result = drain
                    ? values.list(queue.stream().mapToInt(Integer::intValue).toArray())
                    : read();
            builder.call(++line, processes, function, Values.NIL, Values.NIL, line);
            builder.complete(++line, processes++, Completion.OK, function, result, line);
        }
    }
}
