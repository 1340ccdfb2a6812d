package relay;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks the server, over one connection at a time, and again if no answer came or it was one that
/// may be another next time.
final class Remote {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int FIRST_PAUSE_MILLIS = 50;
    private static final int LONGEST_PAUSE_MILLIS = 1000;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]+)\"");
    private static final Pattern MISSING = Pattern.compile("\"missing\":\\[([0-9, ]*)]");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI base;
    private final Metrics metrics;

    /// Says where an upload stands.
    record State(String id, boolean stored, List<Integer> missing) {}

    Remote(URI base, Metrics metrics) {
        this.base = base;
        this.metrics = metrics;
    }

    State begin(Blueprint asked) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask("POST", "/uploads?" + asked.text(), BodyPublishers.noBody(), "");
        Matcher id = ID.matcher(answer.body());
        Matcher missing = MISSING.matcher(answer.body());
        if (answer.statusCode() / 100 != 2 || !id.find() || !missing.find()) {
            throw new IOException("the upload was refused: " + answer.statusCode() + " "
                    + answer.body().strip());
        }
        List<Integer> chunks = missing.group(1).isBlank()
                ? List.of()
                : Pattern.compile(", *")
                        .splitAsStream(missing.group(1))
                        .map(Integer::valueOf)
                        .toList();
        return new State(id.group(1), answer.body().contains("\"state\":\"stored\""), chunks);
    }

    /// Sends a chunk.
    ///
    /// @return false if the server does not know the upload any more
    boolean put(String id, int index, byte[] bytes) throws IOException, InterruptedException {
        int status = ask(
                        "PUT",
                        "/uploads/" + id + "/chunks/" + index,
                        BodyPublishers.ofByteArray(bytes),
                        Disk.sha256(bytes))
                .statusCode();
        if (status != 204 && status != 404) {
            throw new IOException("chunk " + index + " was refused: " + status);
        }
        return status == 204;
    }

    /// Asks for the artifact; returns whether it is stored.
    boolean complete(String id) throws IOException, InterruptedException {
        return ask("POST", "/uploads/" + id + "/complete", BodyPublishers.noBody(), "")
                                .statusCode()
                        / 100
                == 2;
    }

    private HttpResponse<String> ask(String method, String path, BodyPublisher body, String sha256)
            throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).method(method, body);
        if (!sha256.isEmpty()) {
            request.header("X-Chunk-Sha256", sha256);
        }
        for (int pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            metrics.add("relay_client_requests_total", 1);
            String why;
            try {
                HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
                if (answer.statusCode() < 500 && answer.statusCode() != 422) {
                    return answer;
                }
                why = answer.statusCode() + " " + answer.body().strip();
            } catch (IOException e) {
                why = e.toString();
            }
            System.out.println(method + " " + path.split("\\?", 2)[0] + " again: " + why);
            metrics.add("relay_client_retries_total", 1);
            Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextInt(pause / 2 + 1));
        }
    }
}
