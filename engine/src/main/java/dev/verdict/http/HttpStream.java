package dev.verdict.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Is a response whose body is read as it comes, by one thread; any thread may close it.
public final class HttpStream extends InputStream {
    private final HttpConnection connection;
    private final Runnable closing;
    private int status;
    private Headers headers = Headers.NONE;
    private byte[] came = {};
    private int position;
    private int end;
    private boolean complete;

    HttpStream(HttpConnection connection, Runnable closing) {
        this.connection = connection;
        this.closing = closing;
    }

    /// Returns the status of the response.
    public int status() {
        return status;
    }

    /// Returns the headers of the response.
    public Headers headers() {
        return headers;
    }

    /// Sends the request and waits for the head of its response.
    void send(HttpRequest request) throws IOException {
        connection.send(request.method(), request.encoded(), new Arrival());
        while (status == 0) {
            complete = connection.receive();
        }
    }

    @Override
    public int read() throws IOException {
        return await() ? came[position++] & 0xFF : -1;
    }

    /// Reads what has come, at least a byte.
    ///
    /// @throws HttpFailure if the connection breaks, was closed, or brings no HTTP
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!await()) {
            return -1;
        }
        int count = Math.min(length, end - position);
        System.arraycopy(came, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return end - position;
    }

    /// Closes the connection; whoever reads gets a failure.
    @Override
    public void close() {
        closing.run();
    }

    private boolean await() throws IOException {
        while (position == end && !complete) {
            position = 0;
            end = 0;
            try {
                complete = connection.receive();
            } catch (IOException e) {
                throw Failures.of(e);
            }
        }
        return position < end;
    }

    /// Takes what one look at the connection brings.
    private final class Arrival implements ResponseSink {
        @Override
        public void head(ResponseHead head) {
            status = head.status();
            headers = head.headers();
        }

        @Override
        public void body(ByteBuffer part) {
            int more = part.remaining();
            if (end + more > came.length) {
                came = Arrays.copyOf(came, end + more);
            }
            part.get(came, end, more);
            end += more;
        }
    }
}
