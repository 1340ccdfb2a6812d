package dev.verdict.consistency;

import dev.verdict.consistency.append.Phenomenon;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Makes histories of transactions over lists on a strictly serializable database, or on one that
/// does a single thing wrong: to try checkers, and whoever uses them. The same settings make the
/// same history.
///
/// @param seed where chance starts
/// @param clients how many run transactions at the same time
/// @param transactions how many there are, without those of the flaw
/// @param keys how many lists are in use at a time
/// @param appends how many appends go to a list before a new one takes its place
/// @param steps how many appends and reads a transaction has at most
/// @param unknown how many of a hundred transactions are never answered
/// @param flaw the phenomenon that the history shows at its end; empty for none
public record GeneratedTransactions(
        long seed,
        int clients,
        int transactions,
        int keys,
        int appends,
        int steps,
        int unknown,
        Optional<Phenomenon> flaw) {
    /// Describes histories as a plain test makes them: ten clients, ten lists of up to 32 elements,
    /// up to four steps, one transaction in a hundred unknown.
    public static GeneratedTransactions of(long seed) {
        return new GeneratedTransactions(seed, 10, 1000, 10, 32, 4, 1, Optional.empty());
    }

    /// Returns the same with so many transactions.
    public GeneratedTransactions withTransactions(int count) {
        return new GeneratedTransactions(seed, clients, count, keys, appends, steps, unknown, flaw);
    }

    /// Returns the same for so many clients.
    public GeneratedTransactions withClients(int count) {
        return new GeneratedTransactions(seed, count, transactions, keys, appends, steps, unknown, flaw);
    }

    /// Returns the same with so many of a hundred transactions that are never answered.
    public GeneratedTransactions withUnknown(int percent) {
        return new GeneratedTransactions(seed, clients, transactions, keys, appends, steps, percent, flaw);
    }

    /// Returns the same with a flaw: no model that forbids it may hold.
    public GeneratedTransactions withFlaw(Phenomenon wrong) {
        return new GeneratedTransactions(
                seed, clients, transactions, keys, appends, steps, unknown, Optional.of(wrong));
    }

    /// Makes the history.
    public History history() {
        return new Making(this).make();
    }

    private static final class Client {
        private long process;
        private boolean busy;
        private boolean done;
        private int argument;
        private int result;
        private int[] lists = {}; // of each step
        private int[] elements = {}; // of each step: what it appends, or -1 for a read
    }

    /// Holds a list in the making; its key is its number.
    private static final class Shelf {
        private final int key;
        private final Cells elements = new Cells();
        private int planned;
        private int listed = Values.NIL; // the cell of what it holds

        Shelf(int key) {
            this.key = key;
        }
    }

    private static final class Making {
        private final GeneratedTransactions settings;
        private final SplittableRandom random;
        private final History.Builder builder = new History.Builder();
        private final Values values = builder.values();
        private final int append = values.text("append");
        private final int read = values.text("r");
        private final List<Shelf> shelves = new ArrayList<>();
        private final List<Shelf> active = new ArrayList<>();
        private final List<Client> clients = new ArrayList<>();
        private long processes;
        private long line;
        private long nanos;

        Making(GeneratedTransactions settings) {
            this.settings = settings;
            this.random = new SplittableRandom(settings.seed);
            for (int at = 0; at < settings.keys; at++) {
                active.add(shelf());
            }
            for (int at = 0; at < settings.clients; at++) {
                clients.add(new Client());
                clients.get(at).process = processes++;
            }
        }

        private Shelf shelf() {
            shelves.add(new Shelf(shelves.size()));
            return shelves.getLast();
        }

        History make() {
            int called = 0;
            int busy = 0;
            while (called < settings.transactions || busy > 0) {
                Client client = clients.get(random.nextInt(clients.size()));
                if (!client.busy && called < settings.transactions) {
                    called++;
                    busy++;
                    call(client);
                } else if (client.busy && !client.done) {
                    busy -= act(client) ? 0 : 1;
                } else if (client.busy) {
                    busy--;
                    client.busy = false;
                    builder.complete(++line, client.process, Completion.OK, "txn", client.result, tick());
                }
            }
            settings.flaw.ifPresent(this::goWrong);
            return builder.build();
        }

        private void call(Client client) {
            int count = 1 + random.nextInt(settings.steps);
            client.busy = true;
            client.done = false;
            client.lists = new int[count];
            client.elements = new int[count];
            int[] cells = new int[count];
            for (int step = 0; step < count; step++) {
                int at = random.nextInt(active.size());
                Shelf shelf = active.get(at);
                boolean appends = random.nextBoolean();
                client.lists[step] = shelf.key;
                client.elements[step] = appends ? ++shelf.planned : -1;
                cells[step] = appends
                        ? values.list(append, shelf.key, shelf.planned)
                        : values.list(read, shelf.key, Values.NIL);
                if (shelf.planned == settings.appends) {
                    active.set(at, shelf());
                }
            }
            client.argument = values.list(cells);
            builder.call(++line, client.process, "txn", Values.NIL, client.argument, tick());
        }

        /// Runs the transaction at once, or leaves it open whether it ran; tells whether it will be
        /// answered.
        private boolean act(Client client) {
            boolean answered = random.nextInt(100) >= settings.unknown;
            client.done = true;
            if (answered || random.nextBoolean()) {
                run(client);
            }
            if (!answered) {
                builder.complete(++line, client.process, Completion.INFO, "txn", Values.NIL, tick());
                client.process = processes++;
                client.busy = false;
            }
            return answered;
        }

        private void run(Client client) {
            int[] cells = new int[client.lists.length];
            for (int step = 0; step < cells.length; step++) {
                Shelf shelf = shelves.get(client.lists[step]);
                if (client.elements[step] >= 0) {
                    shelf.elements.add(client.elements[step]);
                    shelf.listed = Values.NIL;
                    cells[step] = values.list(append, shelf.key, client.elements[step]);
                } else {
                    if (shelf.listed == Values.NIL) {
                        shelf.listed = values.list(shelf.elements.toArray());
                    }
                    cells[step] = values.list(read, shelf.key, shelf.listed);
                }
            }
            client.result = values.list(cells);
        }

        private void goWrong(Phenomenon phenomenon) {
            long first = processes;
            List<Flaw.Run> runs = Flaw.of(phenomenon);
            List<Flaw.Run> around = runs.stream().filter(Flaw.Run::concurrent).toList();
            around.forEach(run -> begin(first, run));
            runs.stream().filter(run -> !run.concurrent()).forEach(run -> {
                begin(first, run);
                end(first, run);
            });
            around.forEach(run -> end(first, run));
        }

        private void begin(long first, Flaw.Run run) {
            builder.call(++line, first + run.process(), "txn", Values.NIL, run.called(values), tick());
        }

        private void end(long first, Flaw.Run run) {
            builder.complete(++line, first + run.process(), run.completion(), "txn", run.answered(values), tick());
        }

        private long tick() {
            nanos += 1_000 + random.nextInt(1_000_000);
            return nanos;
        }
    }
}
