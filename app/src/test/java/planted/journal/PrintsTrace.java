package planted.journal;

/// Writes to a standard stream by way of an exception.
final class PrintsTrace {
    void print(Exception e) {
        e.printStackTrace();
    }
}
