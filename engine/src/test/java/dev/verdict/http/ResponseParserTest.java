package dev.verdict.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ResponseParserTest {
    private static final String NOISE = " \t\r\n:;,0159aHx\0\u00ff";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /// Each stands with what the parser makes of it, in the pieces that a network could make of it.
    static Stream<Arguments> sound() {
        return Stream.of(
                of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                        "200 OK|Content-Length=5|hello|= 0 behind, kept"),
                of("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "200 OK|Content-Length=0||= 0 behind, kept"),
                of("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "200 |Content-Length=0||= 0 behind, kept"),
                of(
                        "HTTP/1.1 404 Not  there \r\nContent-Length: 0\r\n\r\nHT",
                        "404 Not  there |Content-Length=0||= 2 behind, kept"),
                of("HTTP/1.1 200 OK\nA: b\n\nto the end", "200 OK|A=b|to the end|= 0 behind, closed"),
                of("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", "200 OK|Content-Length=1|x|= 0 behind, closed"),
                of(
                        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx",
                        "200 OK|Connection=keep-alive|Content-Length=1|x|= 0 behind, kept"),
                of(
                        "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 1\r\n\r\nx",
                        "200 OK|Connection=Close|Content-Length=1|x|= 0 behind, closed"),
                of("HTTP/1.1 204 No Content\r\n\r\nx", "204 No Content||= 1 behind, kept"),
                of(
                        "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
                        "304 Not Modified|Content-Length=7||= 0 behind, kept"),
                of(
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\nx",
                        "201 Created|Content-Length=1|x|= 0 behind, kept"),
                of(
                        "HTTP/1.1 200 OK\r\nA:  b c \t\r\nContent-Length: 5, 5\r\nContent-Length: 5\r\n\r\nhello",
                        "200 OK|A=b c|Content-Length=5, 5|Content-Length=5|hello|= 0 behind, kept"),
                of(
                        "HTTP/1.1 200 OK\r\nA: b\r\n  folded\r\n\tagain\r\nB:\r\n x\r\nContent-Length: 0\r\n\r\n",
                        "200 OK|A=b    folded  \tagain|B=x|Content-Length=0||= 0 behind, kept"),
                of("HTTP/1.1 200 OK\r\nX-\u00fc: b\r\n\r\n", "|! MALFORMED not a header: \"X-.: b\""),
                of(
                        "HTTP/1.1 200 OK\r\nX: gr\u00fc\u00df\r\nContent-Length: 0\r\n\r\n",
                        "200 OK|X=gr\u00fc\u00df|Content-Length=0||= 0 behind, kept"),
                of(
                        CHUNKED + "5\r\nhello\r\n00A ;x=\"y\"\r\n0123456789\r\n0\r\n\r\nmore",
                        "200 OK|Transfer-Encoding=chunked|hello0123456789|= 4 behind, kept"),
                of(
                        CHUNKED + "1\nx\n0\nSum: 7\r\n\n",
                        "200 OK|Transfer-Encoding=chunked|trailers [Field[name=Sum, value=7]]|x|= 0 behind, kept"),
                of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
                        "200 OK|Content-Length=99|Transfer-Encoding=Chunked|x|= 0 behind, closed"));
    }

    /// Each stands with what is wrong with it.
    static Stream<Arguments> wrong() {
        String ok = "HTTP/1.1 200 OK\r\n";
        return Stream.of(
                of("", "CUT_OFF the connection ended without a response"),
                of("HTTP/1.1 200 OK\r\nA: b\r\n", "CUT_OFF the connection ended within the headers"),
                of(ok + "Content-Length: 5\r\n\r\nhel", "CUT_OFF the connection ended after 3 of 5 bytes of the body"),
                of(CHUNKED + "5\r\nhel", "CUT_OFF the connection ended after 3 bytes of a body whose end has not come"),
                of(CHUNKED + "1\r\nx\r\n0\r\n", "CUT_OFF the connection ended after 1 bytes"),
                of("SSH-2.0-OpenSSH_9.2\r\n", "MALFORMED no HTTP/1 response, but \"S"),
                of("\r\nHTTP/1.1 200 OK\r\n\r\n", "MALFORMED no HTTP/1 response"),
                of("HTTP/2 200\r\n\r\n", "MALFORMED no HTTP/1 response, but \"HTTP/2"),
                of("HTTP/1.2 200 OK\r\n\r\n", "MALFORMED not a status line"),
                of("HTTP/1.1 20\r\n\r\n", "MALFORMED not a status line: \"HTTP/1.1 20\""),
                of("HTTP/1.1 2000 OK\r\n\r\n", "MALFORMED not a status line"),
                of("HTTP/1.1  200 OK\r\n\r\n", "MALFORMED not a status line"),
                of("HTTP/1.1 099 OK\r\n\r\n", "MALFORMED not a status line"),
                of(
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                        "MALFORMED the service switches protocols"),
                of(ok + "no colon\r\n\r\n", "MALFORMED not a header: \"no colon\""),
                of(ok + "A : b\r\n\r\n", "MALFORMED not a header: \"A : b\""),
                of(ok + ": b\r\n\r\n", "MALFORMED not a header: \": b\""),
                of(ok + " A: b\r\n\r\n", "MALFORMED the first header starts with a space"),
                of(ok + "A: b\u0000c\r\n\r\n", "MALFORMED a header holds the byte 0"),
                of(ok + "A: b\rc\r\n\r\n", "MALFORMED a header holds the byte 13"),
                of(ok + "Content-Length: -1\r\n\r\n", "MALFORMED Content-Length: -1 is no length"),
                of(ok + "Content-Length: +1\r\n\r\n", "MALFORMED Content-Length: +1 is no length"),
                of(ok + "Content-Length:\r\n\r\n", "MALFORMED Content-Length:  is no length"),
                of(ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx", "MALFORMED Content-Length: 2, but 1 before"),
                of(ok + "Content-Length: 9999999999999999999\r\n\r\n", "MALFORMED Content-Length"),
                of(ok + "Content-Length: 99999999999\r\n\r\n", "TOO_LARGE the body has more than 67108864 bytes"),
                of(
                        ok + "Transfer-Encoding: gzip, chunked\r\n\r\n",
                        "MALFORMED Transfer-Encoding: gzip, chunked is not understood"),
                of(CHUNKED + "x\r\n", "MALFORMED not the length of a chunk: \"x\""),
                of(CHUNKED + "\r\n", "MALFORMED not the length of a chunk"),
                of(CHUNKED + "-1\r\n", "MALFORMED not the length of a chunk: \"-\""),
                of(CHUNKED + "1 2\r\n", "MALFORMED not the length of a chunk: \"2\""),
                of(CHUNKED + "1\rx", "MALFORMED not the length of a chunk"),
                of(CHUNKED + "1\r\nxy", "MALFORMED a chunk of 1 bytes is longer than it says"),
                of(CHUNKED + "1000000000000000\r\n", "MALFORMED the length of a chunk has more than 15 digits"),
                of(CHUNKED + "ffffffffff\r\n", "TOO_LARGE the body has more than"),
                of(CHUNKED + "1;" + "x".repeat(5_000), "TOO_LARGE the line before a chunk"),
                of(CHUNKED + "0\r\nA\r\n\r\n", "MALFORMED not a header: \"A\""),
                of(ok + "A: " + "b".repeat(70_000), "TOO_LARGE the headers have more than 65536 bytes"),
                of("HTTP/1.1 100 Continue\r\n\r\n".repeat(17), "TOO_LARGE more than 16 interim responses"));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void a_response_is_read_in_whatever_pieces_it_comes(String response, String transcript) {
        byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
        for (int pieces : new int[] {Integer.MAX_VALUE, 1, 2, 3, 7, 20}) {
            assertThat(Transcript.of("GET", bytes, pieces, HttpLimits.DEFAULT))
                    .as("pieces of " + pieces)
                    .isEqualTo(transcript);
        }
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void what_is_no_response_is_refused(String response, String failure) {
        byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Transcript.of("GET", bytes, Integer.MAX_VALUE, HttpLimits.DEFAULT))
                .contains("! " + failure);
        assertThat(Transcript.of("GET", bytes, 1, HttpLimits.DEFAULT)).contains("! " + failure.split(" ", 2)[0]);
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 5", "Transfer-Encoding: chunked", "A: b"})
    void the_response_to_head_has_no_body(String header) {
        assertThat(Transcript.of("HEAD", "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n"))
                .endsWith("= 0 behind, kept");
    }

    @Test
    void a_body_is_bounded_however_it_is_framed() {
        HttpLimits limits = new HttpLimits(1_000, 10);
        String eleven = "01234567890";
        for (String response : new String[] {
            "HTTP/1.1 200 OK\r\n\r\n" + eleven,
            "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + eleven,
            CHUNKED + "6\r\n012345\r\n5\r\n67890\r\n0\r\n\r\n",
        }) {
            byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(Transcript.of("GET", bytes, 3, limits)).contains("! TOO_LARGE the body has more than 10 bytes");
        }
        assertThat(Transcript.of(
                        "GET",
                        (CHUNKED + "A\r\n0123456789\r\n0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1),
                        3,
                        limits))
                .endsWith("0123456789|= 0 behind, kept");
    }

    @Test
    void responses_follow_each_other_in_one_buffer() throws HttpFailure {
        ResponseParser parser = new ResponseParser(HttpLimits.DEFAULT);
        ByteBuffer bytes = ByteBuffer.wrap(("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na" + CHUNKED
                        + "1\r\nb\r\n0\r\n\r\nHTTP/1.1 204 No\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        for (String body : new String[] {"a", "b", ""}) {
            Collector collector = new Collector();
            parser.begin("GET", collector);
            assertThat(parser.feed(bytes)).isTrue();
            assertThat(parser.reusable()).isTrue();
            assertThat(collector.response().body()).isEqualTo(body.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void a_buffer_keeps_its_limit_whatever_the_sink_does_with_it() throws HttpFailure {
        ResponseParser parser = new ResponseParser(HttpLimits.DEFAULT);
        parser.begin("GET", new ResponseSink() {
            @Override
            public void head(ResponseHead head) {}

            @Override
            public void body(ByteBuffer part) {
                part.position(part.limit() - 1);
            }
        });
        ByteBuffer bytes = ByteBuffer.wrap(
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef".getBytes(StandardCharsets.US_ASCII));
        assertThat(parser.feed(bytes)).isTrue();
        assertThat(bytes.remaining()).isEqualTo(3);
    }

    /// Seeded noise: whatever comes, the pieces make no difference and nothing but a failure of its
    /// own is thrown.
    @Test
    void noise_is_read_alike_in_any_pieces() {
        Random random = new Random(42);
        String[] seeds = sound().map(arguments -> (String) arguments.get()[0]).toArray(String[]::new);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = seeds[random.nextInt(seeds.length)].getBytes(StandardCharsets.ISO_8859_1);
            for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) NOISE.charAt(random.nextInt(NOISE.length()));
            }
            String whole = Transcript.of("GET", bytes, Integer.MAX_VALUE, HttpLimits.DEFAULT);
            String pieces = Transcript.of("GET", bytes, 1 + random.nextInt(8), HttpLimits.DEFAULT);
            assertThat(verdict(pieces))
                    .as(new String(bytes, StandardCharsets.ISO_8859_1))
                    .isEqualTo(verdict(whole));
            refused += whole.contains("|! ") || whole.startsWith("! ") ? 1 : 0;
        }
        assertThat(refused).isBetween(1_000, 19_000);
    }

    @Test
    void a_response_begins_before_it_is_read() {
        ResponseParser parser = new ResponseParser(HttpLimits.DEFAULT);
        assertThat(parser.reusable()).isFalse();
        assertThatThrownBy(() -> new HttpLimits(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Leaves out what a message shows of the bytes: more are there when more came at once.
    private static String verdict(String transcript) {
        return transcript.replaceFirst("(! [A-Z_]+ [^\"]*)\".*", "$1").replaceFirst("(! CUT_OFF).*", "$1");
    }

    private static Arguments of(String response, String expected) {
        return Arguments.of(response, expected);
    }
}
