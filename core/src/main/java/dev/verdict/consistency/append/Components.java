package dev.verdict.consistency.append;

import java.util.Arrays;

/// Finds the strongly connected components of a graph (Tarjan, "Depth-first Search and Linear Graph
/// Algorithms", 1972), without recursion. A node is a transaction, or twice as many where it counts
/// whether the way into it was an rw edge.
final class Components {
    private static final int UNSEEN = -1;

    private final Graph graph;
    private final int mask;
    private final boolean apart;
    private final int[] index;
    private final int[] low;
    private final int[] component;
    private final int[] edge; // of a node under way: its next edge
    private final Ints stack = new Ints();
    private final Ints path = new Ints();
    private final Ints sizes = new Ints();
    private boolean[] fits = {}; // of a component: whether it holds what is needed
    private int next;

    private Components(Graph graph, int mask, boolean apart) {
        int nodes = apart ? 2 * graph.size() : graph.size();
        this.graph = graph;
        this.mask = mask;
        this.apart = apart;
        this.index = new int[nodes];
        this.low = new int[nodes];
        this.component = new int[nodes];
        this.edge = new int[nodes];
        Arrays.fill(index, UNSEEN);
        Arrays.fill(component, UNSEEN);
    }

    /// Finds the components by edges of the kinds in a mask, and which of them hold an edge of a
    /// needed kind; 0 if none is needed.
    static Components of(Graph graph, int mask, int needed) {
        return new Components(graph, mask, false).find().needing(needed);
    }

    /// Finds the components of ways that never take two rw edges in a row. Node 2n is n reached by
    /// any other edge, node 2n+1 is n reached by an rw edge.
    static Components withoutAdjacentMisses(Graph graph, int mask, int needed) {
        return new Components(graph, mask, true).find().needing(needed);
    }

    /// Tells whether an edge between two nodes lies on a closed way with an edge of the needed
    /// kind.
    boolean together(int from, int to) {
        return component[from] == component[to] && fits[component[from]];
    }

    /// Returns the number of a node's component.
    int component(int node) {
        return component[node];
    }

    /// Tells whether a node lies on a cycle.
    boolean onCycle(int node) {
        return sizes.get(component[node]) > 1;
    }

    /// Returns how many nodes are in a node's component.
    int sizeOf(int node) {
        return sizes.get(component[node]);
    }

    private Components needing(int needed) {
        fits = new boolean[sizes.size()];
        if (needed == 0) {
            Arrays.fill(fits, true);
            return this;
        }
        for (int node = 0; node < component.length; node++) {
            int row = apart ? node >> 1 : node;
            for (int at = graph.first(row); at < graph.end(row); at++) {
                int target = target(node, at);
                if (graph.kind(at) == needed && target != UNSEEN && component[target] == component[node]) {
                    fits[component[node]] = true;
                }
            }
        }
        return this;
    }

    private Components find() {
        for (int node = 0; node < index.length; node++) {
            if (index[node] == UNSEEN) {
                enter(node);
                while (path.size() > 0) {
                    step(path.get(path.size() - 1));
                }
            }
        }
        return this;
    }

    private void enter(int node) {
        index[node] = low[node] = next++;
        edge[node] = graph.first(apart ? node >> 1 : node);
        stack.add(node);
        path.add(node);
    }

    private void step(int node) {
        int end = graph.end(apart ? node >> 1 : node);
        while (edge[node] < end) {
            int target = target(node, edge[node]++);
            if (target != UNSEEN && index[target] == UNSEEN) {
                enter(target);
                return;
            }
            if (target != UNSEEN && component[target] == UNSEEN) {
                low[node] = Math.min(low[node], index[target]);
            }
        }
        path.pop();
        if (path.size() > 0) {
            int parent = path.get(path.size() - 1);
            low[parent] = Math.min(low[parent], low[node]);
        }
        if (low[node] == index[node]) {
            close(node);
        }
    }

    private int target(int node, int edge) {
        int kind = graph.kind(edge);
        boolean miss = kind == Graph.RW;
        if ((kind & mask) == 0 || (apart && miss && (node & 1) == 1)) {
            return UNSEEN;
        }
        int target = graph.target(edge);
        return apart ? 2 * target + (miss ? 1 : 0) : target;
    }

    private void close(int root) {
        int size = 0;
        int node;
        do {
            node = stack.pop();
            component[node] = sizes.size();
            size++;
        } while (node != root);
        sizes.add(size);
    }
}
