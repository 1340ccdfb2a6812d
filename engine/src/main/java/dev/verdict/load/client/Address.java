package dev.verdict.load.client;

/// Is where a service listens.
public record Address(String host, int port) {
    /// Reads `HOST:PORT`.
    ///
    /// @throws IllegalArgumentException if it is something else
    public static Address of(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is no address; expected HOST:PORT, as 127.0.0.1:6379");
        }
        return new Address(
                text.substring(0, colon).replaceAll("[\\[\\]]", ""), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
