package dev.verdict.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCounterTest {
    private static final String MIXED = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
            + "POST /orders HTTP/1.1\r\ncontent-LENGTH: 11\r\nX-Long: GET / HTTP/1.1\r\n\r\nGET / HTTP/"
            + "PUT /a HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 3\r\n\r\n"
            + "5;name=value\r\nhello\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nTrailer: x\r\n\r\n"
            + "\r\nDELETE /b HTTP/1.0\n\n"
            + "M-SEARCH * HTTP/1.1\r\nContent-Length: 0\r\n\r\n";

    @Test
    void counts_pipelined_requests_with_every_kind_of_body() {
        assertThat(requests(new HttpCounter(), MIXED)).isEqualTo(5);
    }

    @Test
    void counts_the_same_when_the_bytes_come_in_two_pieces_split_anywhere() {
        for (int split = 0; split <= MIXED.length(); split++) {
            HttpCounter counter = new HttpCounter();
            int count = requests(counter, MIXED.substring(0, split)) + requests(counter, MIXED.substring(split));
            assertThat(count).as("split at %d", split).isEqualTo(5);
        }
    }

    @Test
    void counts_the_same_byte_by_byte() {
        HttpCounter counter = new HttpCounter();
        int count = MIXED.chars()
                .map(letter -> requests(counter, String.valueOf((char) letter)))
                .sum();
        assertThat(count).isEqualTo(5);
    }

    @Test
    void counts_a_request_when_its_head_is_complete_and_not_before() {
        HttpCounter counter = new HttpCounter();
        assertThat(requests(counter, "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r"))
                .isZero();
        assertThat(requests(counter, "\n")).isEqualTo(1);
        assertThat(requests(counter, "12345")).isZero();
        assertThat(requests(counter, "GET / HTTP/1.1\r\n\r\n")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002\u0000\u0001",
                "*1\r\n$4\r\nPING\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "SELECT 1;\r\n\r\n",
                "GET /\r\n\r\n",
                "GET HTTP/1.1\r\n\r\n",
                " / HTTP/1.1\r\n\r\n",
                "hello\n\n"
            })
    void what_is_not_http_1_counts_nothing_for_good(String bytes) {
        HttpCounter counter = new HttpCounter();
        assertThat(requests(counter, bytes)).isZero();
        assertThat(requests(counter, "GET / HTTP/1.1\r\n\r\n")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "+5", "99999999999999999999", ""})
    void a_content_length_that_is_no_number_ends_the_counting(String length) {
        HttpCounter counter = new HttpCounter();
        assertThat(requests(counter, "POST / HTTP/1.1\r\nContent-Length: " + length + "\r\n\r\n"))
                .isZero();
        assertThat(requests(counter, "GET / HTTP/1.1\r\n\r\n")).isZero();
    }

    @Test
    void a_line_without_end_is_not_kept() {
        HttpCounter counter = new HttpCounter();
        assertThat(requests(counter, "GET /" + "a".repeat(70_000))).isZero();
        assertThat(requests(counter, " HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n")).isZero();
    }

    @Test
    void random_bytes_neither_break_it_nor_move_the_buffer() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            byte[] start = MIXED.substring(0, random.nextInt(MIXED.length())).getBytes(ISO_8859_1);
            HttpCounter counter = new HttpCounter();
            counter.requestsIn(ByteBuffer.wrap(start));
            ByteBuffer buffer = ByteBuffer.wrap(noise);
            counter.requestsIn(buffer);
            counter.answered(buffer);
            assertThat(buffer.position()).isZero();
            assertThat(buffer.remaining()).isEqualTo(noise.length);
        }
    }

    @Test
    void stops_after_an_upgrade_that_was_accepted() {
        String answer = "HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n\r\n";
        for (int split = 0; split <= answer.length(); split++) {
            HttpCounter counter = askedForUpgrade();
            answer(counter, answer.substring(0, split));
            answer(counter, answer.substring(split));
            assertThat(requests(counter, "GET / HTTP/1.1\r\n\r\n"))
                    .as("split at %d", split)
                    .isZero();
        }
    }

    @Test
    void goes_on_after_an_upgrade_that_was_declined() {
        HttpCounter counter = askedForUpgrade();
        answer(counter, "HTTP/1.1 200 OK\r\nContent-Length: 28\r\n\r\n\r\nHTTP/1.1 101 not a status\r\n");
        assertThat(requests(counter, "GET / HTTP/1.1\r\n\r\n")).isEqualTo(1);
    }

    private static HttpCounter askedForUpgrade() {
        HttpCounter counter = new HttpCounter();
        String head = "GET /feed HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
        assertThat(requests(counter, head)).isEqualTo(1);
        return counter;
    }

    private static int requests(HttpCounter counter, String bytes) {
        return counter.requestsIn(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
    }

    private static void answer(HttpCounter counter, String bytes) {
        counter.answered(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
    }
}
