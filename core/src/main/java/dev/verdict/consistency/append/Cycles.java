package dev.verdict.consistency.append;

import dev.verdict.consistency.Budget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Finds cycles of dependencies: none if the transactions can be put in one order that agrees with
/// data and time, which is decided first and without a search. Else the shortest cycle of each
/// phenomenon that no graver one covers.
final class Cycles {
    private static final int SHOWN = 20;

    private final Transactions transactions;
    private final Words words;
    private final Budget budget;
    private final List<Finding> found = new ArrayList<>();
    private boolean empty;
    private boolean cut;

    Cycles(Transactions transactions, Words words, Budget budget) {
        this.transactions = transactions;
        this.words = words;
        this.budget = budget;
    }

    List<Finding> findings() {
        return found;
    }

    /// Tells whether no transaction depends on another.
    boolean nothingDepends() {
        return empty;
    }

    /// Tells whether a limit ended the search before everything was tried.
    boolean cut() {
        return cut;
    }

    void run() {
        Dependencies dependencies = new Dependencies(transactions);
        Optional<Graph> graph = Graph.of(transactions.size(), dependencies, budget);
        if (graph.isPresent()) {
            empty = graph.get().edges() == 0;
            int[] rest = new Serialization(transactions, graph.get()).rest();
            if (rest.length > 0) {
                search(rest, dependencies);
            }
        }
        cut |= budget.spent().isPresent();
    }

    private void search(int[] rest, Dependencies dependencies) {
        graph(rest, dependencies).ifPresent(graph -> {
            Components components = Components.of(graph, ~0, 0);
            int[] members = IntStream.range(0, rest.length)
                    .filter(components::onCycle)
                    .map(node -> rest[node])
                    .toArray();
            graph(members, dependencies).ifPresent(inner -> search(inner, members));
        });
    }

    private Optional<Graph> graph(int[] members, Dependencies dependencies) {
        int[] nodes = new int[transactions.size()];
        Arrays.fill(nodes, -1);
        for (int node = 0; node < members.length; node++) {
            nodes[members[node]] = node;
        }
        Orders orders = new Orders(transactions, members);
        Graph.Edges edges = sink -> {
            Graph.Sink inside = (from, to, kind) -> {
                if (nodes[from] >= 0 && nodes[to] >= 0) {
                    sink.edge(nodes[from], nodes[to], kind);
                }
            };
            dependencies.forEach(inside);
            orders.processes(inside);
            orders.time(inside);
        };
        return Graph.of(members.length, edges, budget);
    }

    private void search(Graph graph, int[] members) {
        CycleSearch search = new CycleSearch(graph, budget);
        for (Phenomenon phenomenon : Phenomenon.values()) {
            if (phenomenon.cycle()
                    && found.stream().noneMatch(worse -> worse.phenomenon().covers(phenomenon))) {
                Optional<CycleSearch.Cycle> cycle = search.shortest(phenomenon);
                if (cycle.isPresent()) {
                    found.add(finding(cycle.get(), members));
                } else if (search.cut() && !phenomenon.singleMiss()) {
                    component(phenomenon, search.component(phenomenon), members);
                }
            }
        }
        cut |= search.cut();
    }

    private Finding finding(CycleSearch.Cycle way, int[] members) {
        CycleSearch.Cycle cycle = simple(way);
        List<Integer> nodes =
                Arrays.stream(cycle.nodes()).mapToObj(node -> members[node]).toList();
        List<Finding.Edge> edges = new ArrayList<>();
        for (int at = 0; at < nodes.size(); at++) {
            edges.add(words.edge(nodes.get(at), nodes.get((at + 1) % nodes.size()), cycle.kinds()[at]));
        }
        Phenomenon phenomenon = phenomenon(cycle.kinds());
        return new Finding(phenomenon, words.cycle(phenomenon, edges), nodes, nodes, edges);
    }

    /// Cuts a way that meets a transaction twice down to a cycle.
    private static CycleSearch.Cycle simple(CycleSearch.Cycle way) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int at = 0; at < way.length(); at++) {
            Integer before = places.put(way.nodes()[at], at);
            if (before != null) {
                return new CycleSearch.Cycle(
                        Arrays.copyOfRange(way.nodes(), before, at), Arrays.copyOfRange(way.kinds(), before, at));
            }
        }
        return way;
    }

    /// Returns the phenomenon that a cycle of these kinds of edges is.
    static Phenomenon phenomenon(int[] kinds) {
        int misses = 0;
        int all = 0;
        boolean adjacent = false;
        for (int at = 0; at < kinds.length; at++) {
            all |= kinds[at];
            misses += kinds[at] == Graph.RW ? 1 : 0;
            adjacent |= kinds[at] == Graph.RW && kinds[(at + 1) % kinds.length] == Graph.RW;
        }
        int variant = (all & Graph.REALTIME) != 0 ? 2 : (all & Graph.PROCESS) != 0 ? 1 : 0;
        int kind = misses > 1 ? (adjacent ? 4 : 3) : misses == 1 ? 2 : (all & Graph.WR) != 0 ? 1 : 0;
        return Phenomenon.cycle(kind, variant);
    }

    private void component(Phenomenon phenomenon, int[] nodes, int[] members) {
        if (nodes.length > 0) {
            List<Integer> shown = Arrays.stream(nodes)
                    .limit(SHOWN)
                    .mapToObj(node -> members[node])
                    .toList();
            found.add(new Finding(
                    phenomenon,
                    "%d transactions, among them %s, each come before all the others: a cycle of the kind %s or a graver"
                                    .formatted(nodes.length, words.names(shown), phenomenon.term())
                            + " one, of which the search for the shortest was cut short",
                    shown,
                    shown,
                    List.of()));
        }
    }
}
