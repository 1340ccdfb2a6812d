package dev.verdict.environment;

/// Is where a port of a service answers.
public record Endpoint(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
