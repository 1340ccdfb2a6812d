package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.verdict.journal.Event;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What generated files and manifests say, of files and of a real HTTP server.
final class IntegrityStepsTest {
    private static final String GENERATE =
            "Given the artifact \"in/model.bin\" of \"5MB\" is generated from the seed 7";
    private static final String TAKE = "When the manifest of \"in/model.bin\" is taken as \"before\"";

    @TempDir
    Path folder;

    private HttpServer server;
    private Script script;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = folder.resolve("in/model.bin");
            byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            switch (exchange.getRequestURI().getPath()) {
                case "/damaged/model.bin" -> bytes[3_000_000] ^= 1;
                case "/short/model.bin" -> bytes = java.util.Arrays.copyOf(bytes, 4_999_000);
                default -> {}
            }
            exchange.sendResponseHeaders(
                    exchange.getRequestURI().getPath().startsWith("/none") ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        script = new Script(folder).with("models", server);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void an_artifact_is_made_and_removed_with_its_scenario() throws Exception {
        script.run(
                        GENERATE,
                        // printf 7 | sha256sum gives the key of openssl's key stream; docs/integrity.md
                        "Then the file \"in/model.bin\" has 5000000 bytes",
                        TAKE,
                        "Then the manifest of \"in/model.bin\" is \"before\"",
                        "And the manifest of \"/model.bin\" from \"models\" is \"before\"")
                .passed();
        assertThat(folder.resolve("in/model.bin")).doesNotExist();
    }

    @Test
    void an_artifact_that_was_there_stays() throws Exception {
        script.run(GENERATE, TAKE, "Then the manifest of \"in/model.bin\" is \"before\"")
                .passed();
        new dev.verdict.integrity.Generator()
                .make(new dev.verdict.integrity.Recipe(5_000_000, 7), folder.resolve("in/model.bin"));

        script.run(GENERATE, TAKE, "Then the manifest of \"in/model.bin\" is \"before\"")
                .passed();
        assertThat(folder.resolve("in/model.bin")).exists();
    }

    @Test
    void what_is_observed_is_the_manifest() throws Exception {
        Script.Told told = script.run(
                        GENERATE, TAKE, "Then the manifest of \"/model.bin\" from \"models\" is \"before\"")
                .passed();
        assertThat(told.observed()).extracting(Event.Observed::kind).containsExactly("file", "http");
        assertThat(told.observed().getLast().summary()).contains("1 files, 5000000 bytes, digest ");
        told.strong();
    }

    @Test
    void a_damaged_answer_names_file_and_range() throws Exception {
        script.run(GENERATE, TAKE, "Then the manifest of \"/damaged/model.bin\" from \"models\" is \"before\"")
                .failed("model.bin was changed (5,000,000 bytes): it differs within bytes 2097152 to 3145727");
    }

    @Test
    void an_answer_that_lacks_its_end_names_both_sizes() throws Exception {
        script.run(GENERATE, TAKE, "Then the manifest of \"/short/model.bin\" from \"models\" is \"before\"")
                .failed("model.bin was changed (4,999,000 bytes instead of 5,000,000)");
    }

    @Test
    void what_is_not_answered_with_200_is_no_artifact() throws Exception {
        script.run(GENERATE, TAKE, "Then the manifest of \"/none/model.bin\" from \"models\" is \"before\"")
                .broke("was answered with 404");
    }

    @Test
    void a_changed_file_names_its_range_and_a_missing_one_its_size() throws Exception {
        script.run(
                        GENERATE,
                        TAKE,
                        "When the command \"printf x | dd of=in/model.bin seek=10 bs=1 conv=notrunc\" is run",
                        "Then the manifest of \"in/model.bin\" is \"before\"")
                .failed("model.bin was changed", "it differs within bytes 0 to 1048575");
        script.run(GENERATE, TAKE, "Then the manifest of \"elsewhere\" is \"before\"")
                .failed("model.bin is missing (5,000,000 bytes)");
    }

    @Test
    void what_was_never_taken_is_a_mistake() throws Exception {
        script.run(GENERATE, "Then the manifest of \"in/model.bin\" is \"before\"")
                .broke("no manifest was taken as \"before\"");
        script.run("When the manifest of \"nowhere\" is taken as \"a\"").broke("nowhere is not there");
        script.run("Given the artifact \"a\" of \"much\" is generated from the seed 1")
                .broke("no amount of bytes: much");
    }

    @Test
    void another_file_in_an_artifacts_place_is_refused() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("in/model.bin").toFile(), "rw")) {
            file.setLength(5_000_000);
        }
        script.run(GENERATE).broke("is there, but is not the artifact");
    }
}
