package dev.verdict.load.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;

/// Takes a response in as it comes: when it began, how long it is, and the beginning of its text.
/// Written by the reactor; read when the response is complete.
final class Http2Response {
    private static final int LONGEST = 1 << 20;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private long begun;
    private long bytes;

    long begun() {
        return begun;
    }

    long bytes() {
        return bytes;
    }

    AsyncResponseConsumer<Message<HttpResponse, String>> consumer() {
        return new BasicResponseConsumer<>(new Body()) {
            @Override
            public void consumeResponse(
                    HttpResponse response,
                    EntityDetails entity,
                    HttpContext context,
                    FutureCallback<Message<HttpResponse, String>> callback)
                    throws HttpException, IOException {
                begun = System.nanoTime();
                super.consumeResponse(response, entity, context, callback);
            }
        };
    }

    private final class Body extends AbstractBinAsyncEntityConsumer<String> {
        @Override
        protected void streamStart(ContentType type) {
            // All of interest comes with the data.
        }

        @Override
        protected int capacityIncrement() {
            return Integer.MAX_VALUE;
        }

        @Override
        protected void data(ByteBuffer data, boolean last) {
            bytes += data.remaining();
            byte[] part = new byte[Math.min(data.remaining(), LONGEST - text.size())];
            data.get(part);
            text.write(part, 0, part.length);
            data.position(data.limit());
        }

        @Override
        protected String generateContent() {
            return text.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void releaseResources() {
            // There is nothing but memory.
        }
    }
}
