package dev.verdict.consistency;

/// Holds long numbers that are added one by one, as two columns.
final class LongColumn {
    private final Column high = new Column();
    private final Column low = new Column();

    void add(long number) {
        high.add((int) (number >>> 32));
        low.add((int) number);
    }

    long get(int index) {
        return ((long) high.get(index) << 32) | (low.get(index) & 0xffffffffL);
    }

    void set(int index, long number) {
        high.set(index, (int) (number >>> 32));
        low.set(index, (int) number);
    }
}
