package dev.verdict.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Drives a headless Chromium over its DevTools protocol, with one page.
final class Browser implements AutoCloseable, WebSocket.Listener {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final long SECONDS = 30;

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final StringBuilder text = new StringBuilder();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final String session;

    private Browser(Process process, URI address) {
        this.process = process;
        this.socket = client.newWebSocketBuilder().buildAsync(address, this).join();
        String target = call("Target.createTarget", Map.of("url", "about:blank"), Optional.empty())
                .get("targetId")
                .asString();
        this.session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true), Optional.empty())
                .get("sessionId")
                .asString();
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
        call("Page.enable", Map.of());
    }

    /// Returns the browser's program if one is installed.
    static Optional<Path> program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser start(Path program, Path profile) throws IOException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            int at = line.indexOf("ws://");
            if (at >= 0) {
                Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
                return new Browser(process, URI.create(line.substring(at)));
            }
        }
        throw new IOException("the browser ended without naming its address");
    }

    /// Opens a page as if by its address, and waits until its script is done. A page that has just
    /// begun has no element yet.
    void open(String url) {
        call("Page.navigate", Map.of("url", "about:blank"));
        call("Page.navigate", Map.of("url", url));
        Awaitility.await()
                .atMost(SECONDS, TimeUnit.SECONDS)
                .until(() -> evaluate("document.documentElement?.dataset.ready || ''")
                        .asString()
                        .equals("true"));
    }

    /// Presses a key that has a character.
    void press(String key) {
        String text = key.equals("Enter") ? "\r" : key;
        int code = key.equals("Enter") ? 13 : Character.toUpperCase(key.charAt(0));
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", key, "text", text, "windowsVirtualKeyCode", code));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
    }

    void width(int pixels) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    }

    JsonNode evaluate(String expression) {
        JsonNode answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.get("exceptionDetails").toString());
        }
        return answer.at("/result/value");
    }

    /// Returns what the page wrote to its console, threw, or was forbidden to do.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        return call(method, parameters, Optional.of(session));
    }

    private JsonNode call(String method, Map<String, Object> parameters, Optional<String> session) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        Map<String, Object> message = session.<Map<String, Object>>map(
                        known -> Map.of("id", id, "method", method, "params", parameters, "sessionId", known))
                .orElseGet(() -> Map.of("id", id, "method", method, "params", parameters));
        socket.sendText(MAPPER.writeValueAsString(message), true).join();
        return answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received(MAPPER.readTree(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void received(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer =
                    answers.remove(message.get("id").asInt());
            if (answer != null) {
                answer.complete(message.path("result"));
            }
            return;
        }
        switch (message.path("method").asString("")) {
            case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
                complaints.add(message.get("params").toString());
            default -> {
                // Other events are of no interest.
            }
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        socket.abort();
        client.shutdownNow();
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(
                handle -> handle.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join());
        try {
            process.getInputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
