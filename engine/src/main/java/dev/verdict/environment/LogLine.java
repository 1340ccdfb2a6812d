package dev.verdict.environment;

/// Is one line that a service wrote.
///
/// @param stream `out` or `err`
record LogLine(String stream, String text) {
    @Override
    public String toString() {
        return stream + " " + text;
    }
}
