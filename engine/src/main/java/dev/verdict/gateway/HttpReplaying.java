package dev.verdict.gateway;

import java.util.LinkedHashMap;
import java.util.Map;

/// Keeps the first answer to each request of a link and gives it again.
final class HttpReplaying implements HttpChange {
    private static final int MOST_KEPT = 1_000;
    private static final long MOST_BYTES = 32 << 20;

    private final Map<String, HttpMessage> kept = new LinkedHashMap<>();
    private long bytes;

    @Override
    public boolean needsBody() {
        return true;
    }

    /// Takes the answer as the first one if there is none yet.
    @Override
    public boolean concerns(HttpMessage answer) {
        String request = answer.request();
        if (request.isEmpty()) {
            return false;
        }
        if (kept.containsKey(request)) {
            return true;
        }
        if (kept.size() < MOST_KEPT && bytes + answer.body().length <= MOST_BYTES) {
            kept.put(request, answer.copy());
            bytes += answer.body().length;
        }
        return false;
    }

    @Override
    public void change(HttpMessage answer) {
        HttpMessage earlier = kept.get(answer.request());
        if (earlier != null) {
            answer.become(earlier);
        }
    }
}
