package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTemplateTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        for (Map.Entry<String, String> file :
                PlanTemplate.files("my $5 \"shop\"").entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private Plan read() {
        PlanReader.Options nothing = new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of());
        return PlanReader.read(folder.resolve("verdict.yaml"), nothing)
                .getFirst()
                .plan();
    }

    @Test
    void it_needs_nothing_but_its_own_files() {
        Plan plan = read();

        assertThat(plan.name()).isEqualTo("my $5 \"shop\"");
        assertThat(plan.services()).containsOnlyKeys("hello");
        assertThat(plan.suites()).hasSize(1);
        assertThat(folder.resolve("features/hello.feature")).content().contains("Then the status is 200");
    }

    @Test
    void its_service_answers_as_its_scenarios_say() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Service hello = Objects.requireNonNull(read().services().get("hello"));
        Map<Text.Reference, String> values = Map.of(
                new Text.Fact("verdict.java"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                new Text.Address("hello", "http", "port"),
                String.valueOf(port));
        List<String> command = hello.process().command().stream()
                .map(text -> text.resolve(reference -> Objects.requireNonNull(values.get(reference))))
                .toList();
        Path directory =
                folder.resolve(hello.process().directory().orElseThrow().source());
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try (var lines = process.inputReader()) {
            assertThat(lines.lines().anyMatch(line -> line.contains("URL http://")))
                    .isTrue();
            HttpResponse<String> page = get(port, "/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type")).contains("text/html");
            assertThat(page.body()).contains("Hello");
            assertThat(get(port, "/nowhere.html").statusCode()).isEqualTo(404);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
