package dev.verdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tells mistakes of `verdict load` before anything is sent.
final class LoadCommandTest {
    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "redis://127.0.0.1; -d is missing",
                "redis://:hush@127.0.0.1 -d x; 'redis://…' is no address",
                "redis://127.0.0.1/3 -d x; 'redis://…' is no address",
                "tcp://127.0.0.1 -d x; 'tcp://…' is no address; expected a host and a port",
                "tcp://127.0.0.1:1 -d x -H a:b; only requests over HTTP, --events and gRPC have headers",
                "tcp://127.0.0.1:1 -d x --expect 200; --expect is only for requests over HTTP",
                "ws://127.0.0.1:1 -d x -k; --insecure is only for requests over HTTP, gRPC and wss",
                "https://127.0.0.1:1 --ca nowhere.pem; --ca: the file 'nowhere.pem' is not there",
                "https://127.0.0.1:1 --ca pom.xml; --ca: the file 'pom.xml' holds no certificate",
                "https://127.0.0.1:1 --ca pom.xml -k; --insecure accepts any certificate",
                "grpc://127.0.0.1:1/Reserve; is no method of gRPC; expected grpc://HOST:PORT/SERVICE/METHOD",
                "grpc://127.0.0.1:1/a.B/C --proto nowhere.proto; the file 'nowhere.proto' is not there",
                "grpc://127.0.0.1:1/a.B/C --http2; gRPC is always over HTTP/2",
                "http://127.0.0.1:1/ --proto a.proto; --proto is for gRPC",
                "http://127.0.0.1:1 --events -X PUT; --request is only for requests over HTTP",
                "http://127.0.0.1:1 --events -d x; a GET, which has no body",
                "http://127.0.0.1:1 --until x; --until is for --events",
                "redis://127.0.0.1 -d ${numbr}; did you mean 'number'?"
            },
            quoteCharacter = '`')
    void a_mistake_is_told_in_a_line(String words, String told) {
        assertThat(execute(("load " + words).split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(told).hasLineCount(1).doesNotContain("hush");
    }

    @Test
    void a_server_of_grpc_that_is_not_there_is_told_in_a_line() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(execute("load", "grpc://127.0.0.1:" + port + "/shop.Stock/Reserve"))
                .isEqualTo(3);
        assertThat(err.toString())
                .contains("does not say what shop.Stock/Reserve takes: connection refused")
                .hasLineCount(1);
    }

    @Test
    void the_help_shows_variables_as_they_are_written() {
        assertThat(execute("load", "--help")).isZero();
        assertThat(out.toString()).contains("${number}", "${unique}", "--events", "redis://HOST");
    }

    private int execute(String... words) {
        return Main.commandLine(List.of())
                .setErr(new PrintWriter(err))
                .setOut(new PrintWriter(out))
                .execute(words);
    }
}
