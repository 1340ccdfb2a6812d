package dev.verdict.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class ContentCodingTest {
    private static final byte[] TEXT = "hello, hello, hello".getBytes(StandardCharsets.UTF_8);

    /// Makes a stream that codes what is written to it.
    private interface Coder {
        OutputStream over(OutputStream out) throws IOException;
    }

    @Test
    void bodies_are_decoded_as_their_header_says() throws Exception {
        byte[] gzip = coded(TEXT, GZIPOutputStream::new);
        byte[] zlib = coded(TEXT, DeflaterOutputStream::new);
        byte[] bare = coded(TEXT, out -> new DeflaterOutputStream(out, new Deflater(9, true)));
        assertThat(content(gzip, "gzip")).isEqualTo(TEXT);
        assertThat(content(gzip, "X-GZip")).isEqualTo(TEXT);
        assertThat(content(zlib, "deflate")).isEqualTo(TEXT);
        assertThat(content(bare, "deflate")).isEqualTo(TEXT);
        assertThat(content(coded(zlib, GZIPOutputStream::new), "deflate, gzip")).isEqualTo(TEXT);
        assertThat(content(TEXT, "identity")).isEqualTo(TEXT);
        assertThat(content(new byte[0], "gzip")).as("the response to HEAD").isEmpty();
        assertThat(new HttpResponse(200, "", Headers.NONE, Headers.NONE, gzip).content(1))
                .isSameAs(gzip);
    }

    @Test
    void what_is_not_coded_as_said_is_refused() throws Exception {
        byte[] gzip = coded(TEXT, GZIPOutputStream::new);
        HttpFailure text = HttpClientTest.failure(() -> content(TEXT, "gzip"));
        assertThat(text.kind()).isEqualTo(HttpFailure.Kind.MALFORMED);
        assertThat(text).hasMessageContaining("the body is not gzip as its header says: \"hello, hello, he\"");
        assertThat(HttpClientTest.failure(() -> content(Arrays.copyOf(gzip, 15), "gzip"))
                        .kind())
                .isEqualTo(HttpFailure.Kind.MALFORMED);
        assertThat(HttpClientTest.failure(() -> content(TEXT, "br")))
                .hasMessage("Content-Encoding: br is not understood");
    }

    @Test
    void what_unfolds_without_end_is_refused() throws Exception {
        byte[] bomb = coded(new byte[50 << 20], GZIPOutputStream::new);
        assertThat(bomb.length).isLessThan(100_000);
        assertThat(HttpClientTest.failure(() -> content(bomb, "gzip")).kind()).isEqualTo(HttpFailure.Kind.TOO_LARGE);
    }

    private static byte[] content(byte[] body, String coding) throws HttpFailure {
        Headers headers = new Headers(List.of(new Headers.Field("content-encoding", coding)));
        return new HttpResponse(200, "", headers, Headers.NONE, body).content(1_000_000);
    }

    private static byte[] coded(byte[] content, Coder coder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = coder.over(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
