package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `verdict hash` and `verdict generate` as users do, beside `sha256sum`.
@Tag("slow")
final class HashTest {
    @TempDir
    Path folder;

    private VerdictProcess.Ended verdict(String... arguments) throws IOException, InterruptedException {
        return VerdictProcess.run(folder, arguments);
    }

    private String sha256sum(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(java.util.List.of("sha256sum"));
        command.addAll(java.util.List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    @Test
    void lines_are_those_of_sha256sum_both_ways() throws Exception {
        assertThat(verdict("generate", "data/a.bin", "--size", "3MB", "--seed", "7")
                        .exitCode())
                .isZero();
        Files.writeString(folder.resolve("data/with\nnewline"), "x");
        assertThat(verdict("hash", "data/a.bin", "data/with\nnewline").out())
                .isEqualTo(sha256sum("data/a.bin", "data/with\nnewline"));
        var ended = verdict("hash", "data", "-o", "sums");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(sha256sum("-c", "--quiet", "sums")).isEmpty();

        Files.writeString(folder.resolve("theirs"), sha256sum("data/a.bin"));
        assertThat(verdict("hash", "--check", "theirs")).satisfies(same -> {
            assertThat(same.out()).startsWith("SAME  1 file");
            assertThat(same.exitCode()).isZero();
        });
        Files.writeString(folder.resolve("data/a.bin"), "short");
        assertThat(verdict("hash", "-c", "theirs")).satisfies(different -> {
            assertThat(different.out())
                    .startsWith("DIFFERENT  1 of 1 file")
                    .contains("data/a.bin was changed (5 bytes)");
            assertThat(different.exitCode()).isEqualTo(1);
        });
    }

    @Test
    void a_manifest_places_a_difference() throws Exception {
        verdict("generate", "data/a.bin", "--size", "3MiB", "--seed", "7");
        assertThat(verdict("hash", "data", "--manifest", "-o", "before.json").exitCode())
                .isZero();
        byte[] bytes = Files.readAllBytes(folder.resolve("data/a.bin"));
        bytes[2_000_000] ^= 4;
        Files.write(folder.resolve("data/a.bin"), bytes);
        assertThat(verdict("hash", "data", "--check", "before.json", "--json")).satisfies(different -> {
            assertThat(different.out()).contains("\"from\":1048576", "\"to\":2097152", "\"path\":\"a.bin\"");
            assertThat(different.exitCode()).isEqualTo(1);
        });
        assertThat(verdict("generate", "data/a.bin", "--size", "3MiB", "--seed", "7"))
                .satisfies(refused -> {
                    assertThat(refused.err()).contains("it differs at byte 2000000");
                    assertThat(refused.exitCode()).isEqualTo(2);
                });
    }

    @Test
    void what_a_server_answers_is_compared_with_a_file() throws Exception {
        verdict("generate", "a.bin", "--size", "2MB", "--seed", "7");
        verdict("hash", "a.bin", "--manifest", "-o", "a.json");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/a.bin", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                Files.copy(folder.resolve("a.bin"), exchange.getResponseBody());
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
            assertThat(verdict("hash", url + "a.bin", "--check", "a.json").out())
                    .startsWith("SAME  1 file");
            assertThat(verdict("hash", url + "none")).satisfies(none -> {
                assertThat(none.err()).contains("answers with status 404");
                assertThat(none.exitCode()).isEqualTo(2);
            });
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nothing_to_compare_with_is_no_success() throws Exception {
        Files.writeString(folder.resolve("sums"), "# nothing\n");
        assertThat(verdict("hash", "--check", "sums").exitCode()).isEqualTo(4);
        assertThat(verdict("hash", "none").err()).contains("'none' is not there");
        assertThat(verdict("hash").exitCode()).isEqualTo(2);
    }
}
