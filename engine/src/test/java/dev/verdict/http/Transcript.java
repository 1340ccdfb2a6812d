package dev.verdict.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes down what a parser makes of bytes, so that two readings can be compared.
final class Transcript implements ResponseSink {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /// Reads the response to a request in pieces of a size, then the end of the connection.
    static String of(String method, byte[] bytes, int pieces, HttpLimits limits) {
        Transcript transcript = new Transcript();
        ResponseParser parser = new ResponseParser(limits);
        parser.begin(method, transcript);
        ByteBuffer all = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        try {
            boolean complete = false;
            while (!complete && all.hasRemaining()) {
                ByteBuffer piece = all.slice(all.position(), Math.min(pieces, all.remaining()));
                complete = parser.feed(piece);
                all.position(all.position() + piece.position());
            }
            if (!complete) {
                parser.end();
            }
        } catch (HttpFailure e) {
            return transcript.end("! " + e.kind() + " " + e.getMessage());
        }
        String kept = parser.reusable() ? " kept" : " closed";
        return transcript.end("= " + all.remaining() + " behind," + kept);
    }

    static String of(String method, String response) {
        return of(method, response.getBytes(StandardCharsets.ISO_8859_1), Integer.MAX_VALUE, HttpLimits.DEFAULT);
    }

    @Override
    public void head(ResponseHead head) {
        text.append(head.status()).append(' ').append(head.reason()).append('|');
        head.headers()
                .fields()
                .forEach(field -> text.append(field.name())
                        .append('=')
                        .append(field.value())
                        .append('|'));
    }

    @Override
    public void body(ByteBuffer part) {
        while (part.hasRemaining()) {
            body.write(part.get());
        }
    }

    @Override
    public void trailers(Headers trailers) {
        text.append("trailers ").append(trailers.fields()).append('|');
    }

    private String end(String how) {
        return text + body.toString(StandardCharsets.ISO_8859_1) + "|" + how;
    }
}
