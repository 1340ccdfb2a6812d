package dev.verdict.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Collects a whole response. The buffer grows with what comes, not with what a header promises.
final class Collector implements ResponseSink {
    private static final int SMALLEST = 512;
    private static final int LARGEST_AT_ONCE = 64 << 10;
    private static final byte[] NOTHING = {};

    private int status;
    private String reason = "";
    private Headers headers = Headers.NONE;
    private Headers trailers = Headers.NONE;
    private byte[] body = NOTHING;
    private int size;

    @Override
    public void head(ResponseHead head) {
        status = head.status();
        reason = head.reason();
        headers = head.headers();
        body = head.length() > 0 ? new byte[(int) Math.min(head.length(), LARGEST_AT_ONCE)] : NOTHING;
    }

    @Override
    public void body(ByteBuffer part) {
        int more = part.remaining();
        if (size + more > body.length) {
            body = Arrays.copyOf(body, Math.max(size + more, Math.max(SMALLEST, 2 * body.length)));
        }
        part.get(body, size, more);
        size += more;
    }

    @Override
    public void trailers(Headers fields) {
        trailers = fields;
    }

    HttpResponse response() {
        byte[] all = size == body.length ? body : Arrays.copyOf(body, size);
        return new HttpResponse(status, reason, headers, trailers, all);
    }
}
