package dev.verdict.gateway;

import java.nio.ByteBuffer;

/// Watches the answer to a request with an `Upgrade` header: after `101` the connection speaks
/// something else. Java's own HTTP client asks for HTTP/2 this way, mostly in vain.
final class UpgradeWatch {
    private static final int MAX_LINE = 1024;

    private final HttpCounter.Line line = new HttpCounter.Line(MAX_LINE);
    private boolean watching;
    private boolean inInterimHead;

    /// Starts to watch: the next answer is the one that counts.
    void expect() {
        watching = true;
        inInterimHead = false;
        line.clear();
    }

    /// Tells whether the chunk brings the acceptance of the upgrade; its position stays.
    boolean accepts(ByteBuffer chunk) {
        for (int at = chunk.position(); at < chunk.limit() && watching; at++) {
            byte next = chunk.get(at);
            if (!line.append(next)) {
                watching = inInterimHead;
                line.clear();
            } else if (next == '\n') {
                if (lineEnded()) {
                    return true;
                }
                line.clear();
            }
        }
        return false;
    }

    private boolean lineEnded() {
        if (inInterimHead) {
            inInterimHead = !line.isEmpty();
            return false;
        }
        String status = line.text();
        if (status.startsWith("HTTP/1.1 101")) {
            watching = false;
            return true;
        }
        // `100 Continue` and its like come before the answer proper.
        inInterimHead = status.startsWith("HTTP/1.1 1");
        watching = inInterimHead;
        return false;
    }
}
