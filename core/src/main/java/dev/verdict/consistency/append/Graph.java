package dev.verdict.consistency.append;

import dev.verdict.consistency.Budget;
import java.util.Arrays;
import java.util.Optional;

/// Is a directed graph whose edges have kinds, in rows of one array: the edges out of a node lie
/// together.
final class Graph {
    private static final int MAX_EDGES = 1 << 30;
    static final int WW = 1;
    static final int WR = 2;
    static final int RW = 4;
    static final int PROCESS = 8;
    static final int REALTIME = 16;

    private final int[] rows; // of a node: where its edges begin; one more at the end
    private final int[] targets; // of an edge
    private final byte[] kinds; // of an edge: one of the bits above

    private Graph(int[] rows, int[] targets, byte[] kinds) {
        this.rows = rows;
        this.targets = targets;
        this.kinds = kinds;
    }

    static String kindName(int kind) {
        return switch (kind) {
            case WW -> "ww";
            case WR -> "wr";
            case RW -> "rw";
            case PROCESS -> "process";
            default -> "realtime";
        };
    }

    /// Returns the number of nodes.
    int size() {
        return rows.length - 1;
    }

    /// Returns the number of edges.
    int edges() {
        return targets.length;
    }

    /// Returns the first edge out of a node.
    int first(int node) {
        return rows[node];
    }

    /// Returns the edge after the last one out of a node.
    int end(int node) {
        return rows[node + 1];
    }

    int target(int edge) {
        return targets[edge];
    }

    int kind(int edge) {
        return kinds[edge];
    }

    /// Takes edges in any order.
    interface Sink {
        void edge(int from, int to, int kind);
    }

    /// Tells all edges to a sink; the same ones each time.
    interface Edges {
        void forEach(Sink sink);
    }

    /// Builds a graph in two passes over its edges; empty if the budget does not allow so many.
    static Optional<Graph> of(int nodes, Edges edges, Budget budget) {
        long[] degrees = new long[nodes];
        edges.forEach((from, to, kind) -> degrees[from]++);
        long count = Arrays.stream(degrees).sum();
        budget.take(count * (Integer.BYTES + 1));
        if (count > MAX_EDGES) {
            budget.stop("%d transactions have %d dependencies, too many to hold".formatted(nodes, count));
        }
        return budget.spent().isPresent() ? Optional.empty() : Optional.of(fill(degrees, (int) count, edges));
    }

    private static Graph fill(long[] degrees, int count, Edges edges) {
        int[] rows = new int[degrees.length + 1];
        for (int node = 1; node < degrees.length; node++) {
            rows[node] = rows[node - 1] + (int) degrees[node - 1];
        }
        int[] targets = new int[count];
        byte[] kinds = new byte[count];
        edges.forEach((from, to, kind) -> {
            int edge = rows[from]++;
            targets[edge] = to;
            kinds[edge] = (byte) kind;
        });
        System.arraycopy(rows, 0, rows, 1, degrees.length); // filling moved each row to its end
        rows[0] = 0;
        return new Graph(rows, targets, kinds);
    }
}
