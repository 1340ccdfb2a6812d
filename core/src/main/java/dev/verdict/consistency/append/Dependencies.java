package dev.verdict.consistency.append;

/// Tells which transaction was before which, by the data: appends after appends (ww), reads of
/// appends (wr), and appends that a read missed (rw). Failed transactions have no part in it.
record Dependencies(Transactions transactions) implements Graph.Edges {
    private static final int[] NOTHING = {};

    @Override
    public void forEach(Graph.Sink sink) {
        appends(sink);
        for (int transaction = 0; transaction < transactions.size(); transaction++) {
            if (transactions.ok(transaction)) {
                reads(transaction, sink);
            }
        }
    }

    /// Returns the element before one in its list, of a transaction that may have happened: an
    /// element that nobody read comes after all that were. NONE if there is none.
    static int before(Lists lists, int element) {
        int key = lists.key(element);
        int position = lists.position(element);
        return lists.before(key, position == Lists.NONE ? lists.order(key).length : position);
    }

    /// Returns the elements that follow what a read saw; none for an append.
    static int[] after(Transactions transactions, int step) {
        Lists lists = transactions.lists();
        int last = transactions.element(step);
        int key = transactions.key(step);
        if (transactions.isAppend(step) || last == Transactions.UNKNOWN) {
            return NOTHING;
        }
        int position = last == Transactions.EMPTY ? -1 : lists.position(last);
        if (last != Transactions.EMPTY && position == Lists.NONE) {
            return NOTHING;
        }
        int next = lists.from(key, position + 1);
        return next == Lists.NONE ? lists.unseen(key) : new int[] {next};
    }

    private void appends(Graph.Sink sink) {
        Lists lists = transactions.lists();
        for (int key = 0; key < lists.size(); key++) {
            int last = Lists.NONE;
            for (int element : lists.order(key)) {
                if (!lists.isFailed(element)) {
                    int writer = lists.writer(element);
                    link(last, writer, Graph.WW, sink);
                    last = writer;
                }
            }
            for (int element : lists.unseen(key)) {
                link(last, lists.writer(element), Graph.WW, sink);
            }
        }
    }

    private void reads(int transaction, Graph.Sink sink) {
        Lists lists = transactions.lists();
        int end = transactions.endStep(transaction);
        for (int step = transactions.firstStep(transaction); step < end; step++) {
            if (transactions.isAppend(step)) {
                continue;
            }
            int last = transactions.element(step);
            if (last >= 0 && !lists.isFailed(last)) {
                link(lists.writer(last), transaction, Graph.WR, sink);
            }
            for (int element : after(transactions, step)) {
                link(transaction, lists.writer(element), Graph.RW, sink);
            }
        }
    }

    private static void link(int from, int to, int kind, Graph.Sink sink) {
        if (from != Lists.NONE && from != to) {
            sink.edge(from, to, kind);
        }
    }
}
