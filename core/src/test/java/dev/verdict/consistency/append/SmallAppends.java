package dev.verdict.consistency.append;

import dev.verdict.consistency.Completion;
import dev.verdict.consistency.History;
import dev.verdict.consistency.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Makes histories of a few transactions from a seed, as plain lists that a twin can look through:
/// under databases that keep transactions apart, half apart or not at all, and sometimes make
/// things up.
final class SmallAppends {
    static final int KEYS = 3;
    private static final int PROCESSES = 4;

    /// Is an append of an element, or a read; a read of a transaction without an answer is null.
    record Step(boolean append, int key, int element, List<Integer> read) {}

    /// Is a transaction with the events of its call and its return.
    record Txn(int id, int process, Completion completion, int called, int returned, List<Step> steps) {
        boolean ok() {
            return completion == Completion.OK;
        }

        boolean failed() {
            return completion == Completion.FAIL;
        }
    }

    private final Random random;
    private final int keys;
    private final int count;
    private final List<Txn> txns = new ArrayList<>();
    private int next = 1;

    private SmallAppends(Random random, int most) {
        this.random = random;
        this.keys = 1 + random.nextInt(KEYS);
        this.count = 2 + random.nextInt(most - 1);
    }

    /// Makes a history of at most so many transactions.
    static List<Txn> make(Random random, int most) {
        SmallAppends appends = new SmallAppends(random, most);
        appends.plan();
        switch (random.nextInt(5)) {
            case 0 -> appends.runOneByOne();
            case 1 -> appends.runFromSnapshots();
            case 2 -> appends.runFromOldStates();
            default -> appends.runInterleaved();
        }
        for (int lie = random.nextInt(8) - 5; lie > 0; lie--) {
            appends.lie();
        }
        return appends.txns;
    }

    /// Writes the transactions as a history.
    static History history(List<Txn> txns) {
        History.Builder builder = new History.Builder();
        int events = 2 * txns.size();
        for (int event = 0; event < events; event++) {
            for (Txn txn : txns) {
                if (txn.called == event) {
                    builder.call(0, process(txn), "txn", Values.NIL, value(builder.values(), txn, false), 0);
                } else if (txn.returned == event) {
                    builder.complete(0, process(txn), txn.completion, "txn", value(builder.values(), txn, txn.ok()), 0);
                }
            }
        }
        return builder.build();
    }

    private static long process(Txn txn) {
        return txn.process;
    }

    private static int value(Values values, Txn txn, boolean reads) {
        return values.list(txn.steps.stream()
                .mapToInt(step -> step.append
                        ? values.list(values.text("append"), key(values, step), step.element)
                        : values.list(
                                values.text("r"),
                                key(values, step),
                                reads
                                        ? values.list(step.read.stream()
                                                .mapToInt(Integer::intValue)
                                                .toArray())
                                        : Values.NIL))
                .toArray());
    }

    private static int key(Values values, Step step) {
        return values.text(List.of("x", "y", "z").get(step.key));
    }

    /// Draws when each transaction of each process is called and returns, and what it does. A
    /// process whose transaction ends unknown goes on under another number.
    private void plan() {
        List<Integer> order = new ArrayList<>();
        for (int txn = 0; txn < count; txn++) {
            order.add(random.nextInt(PROCESSES));
        }
        int[] running = {-1, -1, -1, -1};
        int[] names = {0, 1, 2, 3};
        int[] called = new int[count];
        int event = 0;
        int txn = 0;
        Map<Integer, int[]> spans = new TreeMap<>();
        while (spans.size() < count) {
            boolean start = txn < count && running[order.get(txn)] < 0 && random.nextBoolean();
            if (start) {
                running[order.get(txn)] = txn;
                called[txn++] = event++;
            } else {
                int process = random.nextInt(PROCESSES);
                int done = running[process];
                if (done >= 0) {
                    running[process] = -1;
                    spans.put(done, new int[] {called[done], event++, names[process], order.get(done)});
                    if (completion(done) == Completion.INFO) {
                        names[process] += PROCESSES;
                    }
                }
            }
        }
        spans.forEach((id, span) -> txns.add(new Txn(id, span[2], completion(id), span[0], span[1], steps())));
    }

    private final Map<Integer, Completion> completions = new HashMap<>();

    private Completion completion(int txn) {
        return completions.computeIfAbsent(txn, _ -> switch (random.nextInt(8)) {
            case 0 -> Completion.FAIL;
            case 1 -> Completion.INFO;
            default -> Completion.OK;
        });
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int step = 1 + random.nextInt(3); step > 0; step--) {
            int key = random.nextInt(keys);
            steps.add(
                    random.nextBoolean()
                            ? new Step(true, key, next++, List.of())
                            : new Step(false, key, 0, new ArrayList<>()));
        }
        return steps;
    }

    private void runOneByOne() {
        List<Txn> order = new ArrayList<>(txns);
        if (random.nextBoolean()) {
            Collections.shuffle(order, random);
        }
        List<List<Integer>> lists = lists();
        for (Txn txn : order) {
            if (happens(txn)) {
                txn.steps.forEach(step -> apply(step, lists, lists));
            }
        }
    }

    private void runFromSnapshots() {
        List<Txn> order = new ArrayList<>(txns);
        if (random.nextBoolean()) {
            Collections.shuffle(order, random);
        }
        List<List<Integer>> lists = lists();
        List<List<Integer>> snapshot = lists();
        for (Txn txn : order) {
            if (random.nextBoolean()) {
                snapshot = copy(lists);
            }
            List<List<Integer>> own = copy(snapshot);
            if (happens(txn)) {
                txn.steps.forEach(step -> {
                    apply(step, own, own);
                    if (step.append) {
                        lists.get(step.key).add(step.element);
                    }
                });
            }
        }
    }

    /// Lets each transaction read from some state that once was, which others have left behind.
    private void runFromOldStates() {
        List<List<List<Integer>>> states = new ArrayList<>(List.of(lists()));
        for (Txn txn : txns) {
            List<List<Integer>> own = copy(states.get(random.nextInt(states.size())));
            List<List<Integer>> lists = copy(states.getLast());
            if (happens(txn)) {
                txn.steps.forEach(step -> {
                    apply(step, own, own);
                    if (step.append) {
                        lists.get(step.key).add(step.element);
                    }
                });
                states.add(lists);
            }
        }
    }

    private void runInterleaved() {
        List<Step> order = new ArrayList<>();
        List<Integer> turns = new ArrayList<>();
        for (Txn txn : txns) {
            if (happens(txn)) {
                txn.steps.forEach(_ -> turns.add(txn.id));
            }
        }
        for (int swap = random.nextInt(2 * turns.size() + 1); swap > 0; swap--) {
            int at = random.nextInt(Math.max(1, turns.size() - 1));
            Collections.swap(turns, at, Math.min(at + 1, turns.size() - 1));
        }
        int[] done = new int[count];
        for (int turn : turns) {
            order.add(txns.get(turn).steps.get(done[turn]++));
        }
        List<List<Integer>> lists = lists();
        order.forEach(step -> apply(step, lists, lists));
    }

    private static List<List<Integer>> lists() {
        return List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    private static List<List<Integer>> copy(List<List<Integer>> lists) {
        return lists.stream().<List<Integer>>map(ArrayList::new).toList();
    }

    private boolean happens(Txn txn) {
        return switch (txn.completion) {
            case OK -> true;
            case FAIL -> random.nextInt(8) == 0;
            case INFO -> random.nextBoolean();
        };
    }

    private static void apply(Step step, List<List<Integer>> from, List<List<Integer>> to) {
        if (step.append) {
            to.get(step.key).add(step.element);
        } else {
            step.read.clear();
            step.read.addAll(from.get(step.key));
        }
    }

    /// Changes what a read says.
    private void lie() {
        List<Step> reads = txns.stream()
                .flatMap(txn -> txn.steps.stream())
                .filter(step -> !step.append)
                .toList();
        if (reads.isEmpty()) {
            return;
        }
        List<Integer> read = reads.get(random.nextInt(reads.size())).read;
        switch (random.nextInt(5)) {
            case 0 -> Collections.shuffle(read, random);
            case 1 -> {
                if (!read.isEmpty()) {
                    read.removeLast();
                }
            }
            case 2 -> {
                if (!read.isEmpty()) {
                    read.remove(/* index */ random.nextInt(read.size()));
                }
            }
            case 3 -> read.add(random.nextInt(next + (random.nextInt(8) == 0 ? 2 : 0)));
            default -> {
                List<Integer> all = new ArrayList<>();
                txns.stream().flatMap(txn -> txn.steps.stream()).forEach(step -> {
                    if (step.append) {
                        all.add(step.element);
                    }
                });
                Collections.shuffle(all, random);
                read.clear();
                read.addAll(all.subList(0, random.nextInt(all.size() + 1)));
            }
        }
    }
}
