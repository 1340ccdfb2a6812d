package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Makes histories of clients that use one perfect copy of an object, or one with a flaw: to try
/// checkers, and whoever uses them. The same settings make the same history.
///
/// @param datatype what the clients use
/// @param seed where chance starts
/// @param clients how many call at the same time
/// @param operations how many operations there are, without those of the flaw
/// @param keys how many keys they go to
/// @param values how many different values are written; 0 for a new one each time
/// @param unknown how many of a hundred operations are never answered
/// @param flaw what is wrong
public record Generated(
        Datatype datatype, long seed, int clients, int operations, int keys, int values, int unknown, Flaw flaw) {
    /// Is what a generated system does wrong, once, at the end, at a moment when nothing else is
    /// under way on that key.
    public enum Flaw {
        /// Nothing is wrong.
        NONE,
        /// A read sees the value before the last one; a mutex is acquired twice.
        STALE
    }

    /// Describes the histories that a plain test begins with: five clients, one key, five values,
    /// one operation in twenty unknown.
    public static Generated of(Datatype datatype, long seed) {
        return new Generated(datatype, seed, 5, 100, 1, 5, 5, Flaw.NONE);
    }

    /// Returns the same for so many clients.
    public Generated withClients(int count) {
        return new Generated(datatype, seed, count, operations, keys, values, unknown, flaw);
    }

    /// Returns the same with so many operations.
    public Generated withOperations(int count) {
        return new Generated(datatype, seed, clients, count, keys, values, unknown, flaw);
    }

    /// Returns the same with so many keys.
    public Generated withKeys(int count) {
        return new Generated(datatype, seed, clients, operations, count, values, unknown, flaw);
    }

    /// Returns the same with so many different values; 0 for a new value each time.
    public Generated withValues(int count) {
        return new Generated(datatype, seed, clients, operations, keys, count, unknown, flaw);
    }

    /// Returns the same with so many of a hundred operations that are never answered.
    public Generated withUnknown(int percent) {
        return new Generated(datatype, seed, clients, operations, keys, values, percent, flaw);
    }

    /// Returns the same with a flaw: no checker may find the history legal.
    public Generated withFlaw(Flaw wrong) {
        return new Generated(datatype, seed, clients, operations, keys, values, unknown, wrong);
    }

    /// Makes the history.
    public History history() {
        return new Making(this).make();
    }

    private static final class Client {
        private long process;
        private String function = "";
        private int key;
        private int argument = Values.NIL;
        private int result = Values.NIL;
        private boolean busy;
        private boolean done;
        private boolean failed;

        Client(long process) {
            this.process = process;
        }
    }

    private static final class Making {
        private final Generated settings;
        private final SplittableRandom random;
        private final History.Builder builder = new History.Builder();
        private final Values values = builder.values();
        private final Map<Integer, Integer> store = new HashMap<>();
        private final List<Client> clients = new ArrayList<>();
        private long processes;
        private long line;
        private long nanos;
        private int fresh;

        Making(Generated settings) {
            this.settings = settings;
            this.random = new SplittableRandom(settings.seed);
            this.fresh = settings.values;
            for (int i = 0; i < settings.clients; i++) {
                clients.add(new Client(processes++));
            }
        }

        History make() {
            int called = 0;
            while (called < settings.operations || clients.stream().anyMatch(client -> client.busy)) {
                Client client = clients.get(random.nextInt(clients.size()));
                if (!client.busy && called < settings.operations) {
                    called++;
                    call(client);
                } else if (client.busy && !client.done) {
                    if (random.nextInt(100) < settings.unknown) {
                        giveUp(client);
                    } else {
                        act(client);
                    }
                } else if (client.busy) {
                    end(client);
                }
            }
            if (settings.flaw == Flaw.STALE) {
                goWrong();
            }
            return builder.build();
        }

        private void call(Client client) {
            client.busy = true;
            client.done = false;
            client.failed = false;
            client.result = Values.NIL;
            client.key = settings.datatype == Datatype.MUTEX ? Values.NIL : random.nextInt(settings.keys);
            switch (settings.datatype) {
                case REGISTER -> readOr(client, "read", random.nextBoolean() ? "read" : "write");
                case CAS_REGISTER ->
                    readOr(client, "read", List.of("read", "write", "cas").get(random.nextInt(3)));
                case KV ->
                    readOr(
                            client,
                            "get",
                            List.of("get", "put", "append", "append").get(random.nextInt(4)));
                case MUTEX -> {
                    client.function = random.nextBoolean() ? "acquire" : "release";
                    client.argument = Values.NIL;
                }
            }
            builder.call(++line, client.process, client.function, client.key, client.argument, tick());
        }

        private void readOr(Client client, String read, String function) {
            client.function = function;
            client.argument = function.equals(read)
                    ? Values.NIL
                    : function.equals("cas") ? values.list(someValue(), newValue()) : newValue();
        }

        private int newValue() {
            int value = settings.values == 0 ? fresh++ : random.nextInt(settings.values);
            return settings.datatype == Datatype.KV ? values.text("<" + value + ">") : value;
        }

        private int someValue() {
            return settings.values == 0 ? store.getOrDefault(0, 0) : random.nextInt(settings.values);
        }

        /// Lets the operation take place, or find that it cannot.
        private void act(Client client) {
            client.done = true;
            int now = store.getOrDefault(client.key, settings.datatype == Datatype.MUTEX ? 0 : Values.NIL);
            switch (client.function) {
                case "read", "get" -> client.result = now;
                case "cas" -> {
                    int[] pair = values.items(client.argument);
                    client.failed = pair[0] != now;
                    store.put(client.key, client.failed ? now : pair[1]);
                }
                case "append" -> store.put(client.key, appended(now, client.argument));
                case "acquire", "release" -> {
                    int before = client.function.equals("acquire") ? 0 : 1;
                    client.failed = now != before;
                    store.put(client.key, client.failed ? now : 1 - before);
                }
                default -> store.put(client.key, client.argument);
            }
        }

        private int appended(int now, int piece) {
            String text = values.value(now) instanceof Value.Text old ? old.value() : "";
            return values.text(text + ((Value.Text) values.value(piece)).value());
        }

        private void end(Client client) {
            Completion completion = client.failed ? Completion.FAIL : Completion.OK;
            boolean read = client.function.equals("read") || client.function.equals("get");
            builder.complete(
                    ++line,
                    client.process,
                    completion,
                    client.function,
                    read ? client.result : client.argument,
                    tick());
            client.busy = false;
        }

        /// Leaves it open whether the operation took place; half of them did.
        private void giveUp(Client client) {
            if (random.nextBoolean()) {
                act(client);
            }
            if (random.nextBoolean()) {
                builder.complete(++line, client.process, Completion.INFO, client.function, Values.NIL, tick());
            }
            client.process = processes++;
            client.busy = false;
        }

        /// Does with values that nobody else wrote what no single copy does.
        private void goWrong() {
            Client client = clients.getFirst();
            switch (settings.datatype) {
                case MUTEX -> {
                    // Whatever is unknown may release it once each; so acquire it more often than that.
                    for (long i = 0; i <= processes; i++) {
                        alone(client, "acquire", Values.NIL, Values.NIL);
                    }
                }
                case KV -> stale(client, "put", "get", values.text("old"), values.text("new"));
                case REGISTER, CAS_REGISTER -> stale(client, "write", "read", 2_000_000_001, 2_000_000_002);
            }
        }

        private void stale(Client client, String write, String read, int old, int young) {
            client.key = 0;
            alone(client, write, old, old);
            alone(client, write, young, young);
            alone(client, read, Values.NIL, old);
        }

        private void alone(Client client, String function, int argument, int result) {
            int key = settings.datatype == Datatype.MUTEX ? Values.NIL : 0;
            builder.call(++line, client.process, function, key, argument, tick());
            builder.complete(++line, client.process, Completion.OK, function, result, tick());
        }

        private long tick() {
            nanos += 1_000 + random.nextInt(1_000_000);
            return nanos;
        }
    }
}
