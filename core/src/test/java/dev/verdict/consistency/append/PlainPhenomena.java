package dev.verdict.consistency.append;

import dev.verdict.consistency.append.SmallAppends.Step;
import dev.verdict.consistency.append.SmallAppends.Txn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Finds the phenomena of a few transactions by their definitions, word by word: the twin of the
/// graphs and columns.
final class PlainPhenomena {
    private record Edge(Txn from, Txn to, int kind) {}

    private final List<Txn> txns;
    private final Set<Phenomenon> found = EnumSet.noneOf(Phenomenon.class);

    private PlainPhenomena(List<Txn> txns) {
        this.txns = txns;
    }

    static Set<Phenomenon> of(List<Txn> txns) {
        PlainPhenomena plain = new PlainPhenomena(txns);
        txns.stream().filter(Txn::ok).forEach(plain::look);
        for (int key = 0; key < SmallAppends.KEYS; key++) {
            plain.lists(key);
        }
        plain.cycles();
        return plain.found;
    }

    private Optional<Txn> writer(int key, int element) {
        return txns.stream()
                .filter(txn -> txn.steps().stream()
                        .anyMatch(step -> step.append() && step.key() == key && step.element() == element))
                .findFirst();
    }

    private static List<Integer> appends(Txn txn, int key) {
        return txn.steps().stream()
                .filter(step -> step.append() && step.key() == key)
                .map(Step::element)
                .toList();
    }

    /// Looks at one transaction alone, and at who wrote what it read.
    private void look(Txn txn) {
        boolean contradicted = false;
        for (int at = 0; at < txn.steps().size(); at++) {
            Step step = txn.steps().get(at);
            if (step.append()) {
                boolean early = txn.steps().subList(0, at).stream()
                        .anyMatch(read -> !read.append()
                                && read.key() == step.key()
                                && read.read().contains(step.element()));
                add(Phenomenon.FUTURE_READ, early);
                continue;
            }
            List<Integer> read = step.read();
            add(Phenomenon.DUPLICATE_ELEMENTS, new HashSet<>(read).size() < read.size());
            for (int element : read) {
                Optional<Txn> writer = writer(step.key(), element);
                add(Phenomenon.GARBAGE_READ, writer.isEmpty());
                add(Phenomenon.G1A, writer.isPresent() && writer.get().failed());
            }
            if (!read.isEmpty()) {
                Optional<Txn> writer = writer(step.key(), read.getLast());
                add(
                        Phenomenon.G1B,
                        writer.isPresent()
                                && !writer.get().equals(txn)
                                && !Objects.equals(
                                        appends(writer.get(), step.key()).getLast(), read.getLast()));
            }
            contradicted = contradicted || contradicts(txn, at);
        }
        add(Phenomenon.INTERNAL, contradicted);
    }

    private static boolean contradicts(Txn txn, int at) {
        Step read = txn.steps().get(at);
        List<Integer> appended = new ArrayList<>();
        for (int before = at - 1; before >= 0; before--) {
            Step step = txn.steps().get(before);
            if (step.key() == read.key() && step.append()) {
                appended.addFirst(step.element());
            } else if (step.key() == read.key()) {
                List<Integer> expected = new ArrayList<>(step.read());
                expected.addAll(appended);
                return !expected.equals(read.read());
            }
        }
        int from = read.read().size() - appended.size();
        return from < 0 || !read.read().subList(from, read.read().size()).equals(appended);
    }

    private List<List<Integer>> reads(int key) {
        return txns.stream()
                .filter(Txn::ok)
                .sorted(Comparator.comparingInt(Txn::called))
                .flatMap(txn -> txn.steps().stream())
                .filter(step -> !step.append() && step.key() == key)
                .map(Step::read)
                .toList();
    }

    private List<Integer> order(int key) {
        List<Integer> longest = List.of();
        for (List<Integer> read : reads(key)) {
            longest = read.size() > longest.size() ? read : longest;
        }
        return longest.stream().distinct().toList();
    }

    private void lists(int key) {
        List<Integer> order = order(key);
        for (List<Integer> read : reads(key)) {
            boolean unique = new HashSet<>(read).size() == read.size();
            boolean start =
                    read.size() <= order.size() && order.subList(0, read.size()).equals(read);
            add(Phenomenon.INCOMPATIBLE_ORDER, unique && !start);
        }
        for (Txn txn : txns) {
            List<Integer> own = appends(txn, key);
            for (int at = 1; at < own.size(); at++) {
                int earlier = order.indexOf(own.get(at - 1));
                int later = order.indexOf(own.get(at));
                add(Phenomenon.INCOMPATIBLE_ORDER, !txn.failed() && later >= 0 && (earlier < 0 || earlier > later));
            }
        }
        boolean aborted = false;
        for (int element : order) {
            Optional<Txn> writer = writer(key, element);
            if (writer.isPresent() && writer.get().failed()) {
                aborted = true;
            } else if (writer.isPresent() && writer.get().ok() && aborted) {
                found.add(Phenomenon.DIRTY_UPDATE);
            }
        }
        List<Optional<Integer>> updated = txns.stream()
                .filter(Txn::ok)
                .flatMap(txn -> updatedState(txn, key).stream())
                .toList();
        add(Phenomenon.LOST_UPDATE, new HashSet<>(updated).size() < updated.size());
    }

    /// Returns the last element of what a transaction read of a list before it appended to it; an
    /// element of 0 would be one that nobody appends.
    private static Optional<Optional<Integer>> updatedState(Txn txn, int key) {
        List<Step> steps =
                txn.steps().stream().filter(step -> step.key() == key).toList();
        if (steps.isEmpty() || steps.getFirst().append() || steps.stream().noneMatch(Step::append)) {
            return Optional.empty();
        }
        List<Integer> read = steps.getFirst().read();
        return Optional.of(read.isEmpty() ? Optional.empty() : Optional.of(read.getLast()));
    }

    /// Returns the elements of a list in order, of transactions that may have happened, and those
    /// that nobody read after them.
    private List<Integer> committed(int key) {
        return order(key).stream()
                .filter(element ->
                        writer(key, element).filter(txn -> !txn.failed()).isPresent())
                .toList();
    }

    private List<Integer> unseen(int key) {
        List<Integer> order = order(key);
        return txns.stream()
                .filter(txn -> !txn.failed())
                .flatMap(txn -> appends(txn, key).stream())
                .filter(element -> !order.contains(element))
                .toList();
    }

    private List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        for (int key = 0; key < SmallAppends.KEYS; key++) {
            dataEdges(key, edges);
        }
        for (Txn a : txns) {
            for (Txn b : txns) {
                if (a.ok() && !b.failed() && !a.equals(b) && a.process() == b.process() && a.called() < b.called()) {
                    edges.add(new Edge(a, b, Graph.PROCESS));
                }
                if (a.ok() && !b.failed() && a.returned() < b.called()) {
                    edges.add(new Edge(a, b, Graph.REALTIME));
                }
            }
        }
        return edges.stream()
                .filter(edge -> !edge.from.equals(edge.to))
                .distinct()
                .toList();
    }

    private void dataEdges(int key, List<Edge> edges) {
        List<Integer> committed = committed(key);
        for (int at = 1; at < committed.size(); at++) {
            edges.add(new Edge(
                    writer(key, committed.get(at - 1)).orElseThrow(),
                    writer(key, committed.get(at)).orElseThrow(),
                    Graph.WW));
        }
        for (int element : unseen(key)) {
            if (!committed.isEmpty()) {
                edges.add(new Edge(
                        writer(key, committed.getLast()).orElseThrow(),
                        writer(key, element).orElseThrow(),
                        Graph.WW));
            }
        }
        for (Txn txn : txns) {
            for (Step step : txn.steps()) {
                if (txn.ok() && !step.append() && step.key() == key) {
                    readEdges(txn, step, edges);
                }
            }
        }
    }

    private void readEdges(Txn reader, Step step, List<Edge> edges) {
        int key = step.key();
        List<Integer> order = order(key);
        int last = -1;
        if (!step.read().isEmpty()) {
            Optional<Txn> writer = writer(key, step.read().getLast());
            writer.filter(txn -> !txn.failed()).ifPresent(txn -> edges.add(new Edge(txn, reader, Graph.WR)));
            last = order.indexOf(step.read().getLast());
            if (last < 0) {
                return;
            }
        }
        Optional<Integer> next = order.subList(last + 1, order.size()).stream()
                .filter(committed(key)::contains)
                .findFirst();
        for (int element : next.map(List::of).orElseGet(() -> unseen(key))) {
            edges.add(new Edge(reader, writer(key, element).orElseThrow(), Graph.RW));
        }
    }

    private void cycles() {
        Set<Phenomenon> cycles = EnumSet.noneOf(Phenomenon.class);
        List<Edge> edges = edges();
        for (Txn start : txns) {
            walk(edges, new ArrayList<>(), start, start, cycles);
        }
        found.addAll(cycles.stream()
                .filter(one -> cycles.stream().noneMatch(other -> other != one && other.covers(one)))
                .collect(Collectors.toSet()));
    }

    /// Goes all ways from the transaction with the smallest number back to it.
    private static void walk(List<Edge> edges, List<Edge> way, Txn start, Txn at, Set<Phenomenon> cycles) {
        for (Edge edge : edges) {
            if (!edge.from.equals(at) || edge.to.id() < start.id()) {
                continue;
            }
            way.add(edge);
            if (edge.to.equals(start)) {
                classify(way, cycles);
            } else if (IntStream.range(0, way.size() - 1)
                    .noneMatch(i -> way.get(i).to.equals(edge.to))) {
                walk(edges, way, start, edge.to, cycles);
            }
            way.removeLast();
        }
    }

    private static void classify(List<Edge> way, Set<Phenomenon> cycles) {
        if (way.stream().anyMatch(edge -> edge.kind < Graph.PROCESS)) {
            cycles.add(Cycles.phenomenon(way.stream().mapToInt(Edge::kind).toArray()));
        }
    }

    private void add(Phenomenon phenomenon, boolean holds) {
        if (holds) {
            found.add(phenomenon);
        }
    }
}
