package dev.verdict.consistency.append;

/// Is a directed graph whose edges have kinds, in rows of one array: the edges out of a node lie
/// together.
final class Graph {
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

    /// Builds a graph in two passes over its edges.
    static Graph of(int nodes, Edges edges) {
        int[] rows = new int[nodes + 1];
        edges.forEach((from, to, kind) -> rows[from + 1]++);
        for (int node = 0; node < nodes; node++) {
            rows[node + 1] = Math.addExact(rows[node + 1], rows[node]);
        }
        int[] targets = new int[rows[nodes]];
        byte[] kinds = new byte[rows[nodes]];
        edges.forEach((from, to, kind) -> {
            int edge = rows[from]++;
            targets[edge] = to;
            kinds[edge] = (byte) kind;
        });
        System.arraycopy(rows, 0, rows, 1, nodes); // filling moved each row to its end
        rows[0] = 0;
        return new Graph(rows, targets, kinds);
    }
}
