package dev.verdict.consistency.append;

import dev.verdict.consistency.Budget;
import java.util.Optional;
import java.util.stream.IntStream;

/// Searches the shortest cycle of a phenomenon. The phenomena are asked for from the gravest on, so
/// that a closed way that fits is a cycle of this phenomenon, or holds one of a graver phenomenon.
///
/// The way is searched breadth first, from the head of each edge that the phenomenon needs back to
/// its tail. What was gone through counts: bit 0 of a state says that an edge of the order of
/// processes or time was taken (or need not be), bit 1 that the last edge was rw.
final class CycleSearch {
    private static final int ORDER_TAKEN = 1;
    private static final int LAST_MISSED = 2;
    private static final int STATES = 4;
    private static final long ENOUGH = 20_000_000;
    private static final long TOO_MUCH = 500_000_000;
    private static final int EVERY = 1 << 14;

    private final Graph graph;
    private final Budget budget;
    private final int[] parents; // of a state: the state before it
    private final int[] via; // of a state: the kind of the edge into it
    private final int[] depths;
    private final int[] visited; // of a state: the search that came there last
    private final Ints queue = new Ints();
    private int search;
    private long work;
    private boolean cut;

    CycleSearch(Graph graph, Budget budget) {
        this.graph = graph;
        this.budget = budget;
        this.parents = new int[STATES * graph.size()];
        this.via = new int[STATES * graph.size()];
        this.depths = new int[STATES * graph.size()];
        this.visited = new int[STATES * graph.size()];
    }

    /// Is a way back to its first node.
    static final class Cycle {
        private final int[] nodes;
        private final int[] kinds;

        Cycle(int[] nodes, int[] kinds) {
            this.nodes = nodes;
            this.kinds = kinds;
        }

        int length() {
            return nodes.length;
        }

        /// Returns the nodes in their order.
        int[] nodes() {
            return nodes;
        }

        /// Returns for each node the kind of the edge to the next.
        int[] kinds() {
            return kinds;
        }
    }

    /// Tells whether a search ended before all was tried, so that what was not found may be there.
    boolean cut() {
        return cut;
    }

    /// Returns the shortest cycle of a phenomenon; the shortest one found if the search was cut.
    Optional<Cycle> shortest(Phenomenon phenomenon) {
        Rule rule = Rule.of(phenomenon);
        Components components = components(rule);
        Optional<Cycle> best = Optional.empty();
        work = 0;
        for (int node = 0; node < graph.size(); node++) {
            for (int edge = graph.first(node); edge < graph.end(node); edge++) {
                if (graph.kind(edge) != rule.start || !promising(components, rule, node, graph.target(edge))) {
                    continue;
                }
                if (stop(best)) {
                    return best;
                }
                int limit = best.map(Cycle::length).orElse(Integer.MAX_VALUE);
                Optional<Cycle> found = back(rule, node, graph.target(edge), limit);
                best = found.isPresent() ? found : best;
                if (best.isPresent() && best.get().length() == 2) {
                    return best;
                }
            }
        }
        return best;
    }

    /// Returns the nodes of the smallest component that holds a cycle of this phenomenon or a
    /// graver one; none if there is no such cycle. Linear, but says less than a cycle. Not for a
    /// single miss.
    int[] component(Phenomenon phenomenon) {
        Rule rule = Rule.of(phenomenon);
        Components components = components(rule);
        int smallest = -1;
        for (int node = 0; node < graph.size(); node++) {
            for (int edge = graph.first(node); edge < graph.end(node); edge++) {
                int state = rule.apart ? 2 * node : node;
                if (graph.kind(edge) == rule.start
                        && promising(components, rule, node, graph.target(edge))
                        && (smallest < 0 || components.sizeOf(state) < components.sizeOf(smallest))) {
                    smallest = state;
                }
            }
        }
        int found = smallest;
        return found < 0
                ? new int[0]
                : IntStream.range(0, rule.apart ? 2 * graph.size() : graph.size())
                        .filter(state -> components.component(state) == components.component(found))
                        .map(state -> rule.apart ? state / 2 : state)
                        .distinct()
                        .toArray();
    }

    private Components components(Rule rule) {
        return (rule.singleMiss || rule.apart)
                ? Components.withoutAdjacentMisses(graph, rule.mask | Graph.RW, rule.order)
                : Components.of(graph, rule.mask, rule.order);
    }

    private boolean stop(Optional<Cycle> best) {
        boolean stop =
                work > (best.isPresent() ? ENOUGH : TOO_MUCH) || budget.spent().isPresent();
        cut |= stop;
        return stop;
    }

    private static boolean promising(Components components, Rule rule, int from, int to) {
        return (rule.singleMiss || rule.apart)
                ? components.together(2 * from, 2 * to + 1)
                : components.together(from, to);
    }

    /// Searches the way from the head of an edge to its tail, of fewer edges than a limit in all.
    private Optional<Cycle> back(Rule rule, int tail, int head, int limit) {
        search++;
        queue.clear();
        int start = STATES * head + (rule.startState() | (rule.start == Graph.RW ? LAST_MISSED : 0));
        reach(start, -1, rule.start, 1);
        for (int at = 0; at < queue.size(); at++) {
            int state = queue.get(at);
            if (depths[state] + 1 >= limit) {
                return Optional.empty();
            }
            if (at % EVERY == EVERY - 1 && budget.spent().isPresent()) {
                cut = true;
                return Optional.empty();
            }
            int node = state / STATES;
            for (int edge = graph.first(node); edge < graph.end(node); edge++) {
                work++;
                int kind = graph.kind(edge);
                if (!rule.allows(kind, (state & LAST_MISSED) != 0)) {
                    continue;
                }
                int next = STATES * graph.target(edge)
                        + ((state & ORDER_TAKEN) | (rule.isOrder(kind) ? ORDER_TAKEN : 0))
                        + (kind == Graph.RW ? LAST_MISSED : 0);
                if (visited[next] != search) {
                    reach(next, state, kind, depths[state] + 1);
                    if (graph.target(edge) == tail && rule.closes(next)) {
                        return Optional.of(cycle(next));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private void reach(int state, int parent, int kind, int depth) {
        visited[state] = search;
        parents[state] = parent;
        via[state] = kind;
        depths[state] = depth;
        queue.add(state);
    }

    /// Returns the cycle that ends in a state; it begins with its node.
    private Cycle cycle(int end) {
        int length = depths[end];
        int[] nodes = new int[length];
        int[] kinds = new int[length];
        int state = end;
        for (int at = length - 1; at >= 0; at--) {
            kinds[at] = via[state];
            state = parents[state];
            nodes[at] = state < 0 ? end / STATES : state / STATES;
        }
        return new Cycle(nodes, kinds);
    }

    /// Says which edges a cycle of a phenomenon may take.
    ///
    /// @param mask the kinds of edges apart from the first
    /// @param start the kind of the first edge
    /// @param order the kind that must be taken somewhere; 0 if none
    /// @param singleMiss whether the first edge is the only rw edge
    /// @param apart whether no two rw edges may be in a row
    private record Rule(int mask, int start, int order, boolean singleMiss, boolean apart) {
        static Rule of(Phenomenon phenomenon) {
            int order = switch (phenomenon.variant()) {
                case 0 -> 0;
                case 1 -> Graph.PROCESS;
                default -> Graph.REALTIME;
            };
            int extra = order == Graph.REALTIME ? Graph.REALTIME | Graph.PROCESS : order;
            return switch (phenomenon.kind()) {
                case 0 -> new Rule(Graph.WW | extra, order == 0 ? Graph.WW : order, order, false, false);
                case 1 -> new Rule(Graph.WW | Graph.WR | extra, Graph.WR, order, false, false);
                case 2 -> new Rule(Graph.WW | Graph.WR | extra, Graph.RW, order, true, false);
                case 3 -> new Rule(Graph.WW | Graph.WR | Graph.RW | extra, Graph.RW, order, false, true);
                default -> new Rule(Graph.WW | Graph.WR | Graph.RW | extra, Graph.RW, order, false, false);
            };
        }

        int startState() {
            return order == 0 || start == order ? ORDER_TAKEN : 0;
        }

        boolean isOrder(int kind) {
            return kind == order;
        }

        boolean allows(int kind, boolean lastMissed) {
            return (kind & mask) != 0 && !(apart && lastMissed && kind == Graph.RW);
        }

        /// Tells whether a state at the tail of the first edge makes a cycle.
        boolean closes(int state) {
            return (state & ORDER_TAKEN) != 0 && !(apart && (state & LAST_MISSED) != 0);
        }
    }
}
