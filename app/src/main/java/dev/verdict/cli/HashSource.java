package dev.verdict.cli;

import dev.verdict.environment.docker.Engine;
import dev.verdict.http.Headers;
import dev.verdict.http.HttpClient;
import dev.verdict.http.HttpLimits;
import dev.verdict.http.HttpRequest;
import dev.verdict.integrity.Digester;
import dev.verdict.integrity.Digester.Depth;
import dev.verdict.integrity.Entry;
import dev.verdict.integrity.Manifest;
import dev.verdict.integrity.StreamDigest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Is something that can be hashed: a file or folder, what an HTTP server answers, or a path in a
/// container.
sealed interface HashSource {
    /// Bounds how long a server or a container engine may take to begin, or a copy to end.
    Duration PATIENCE = Duration.ofSeconds(30);

    Duration LONGEST_COPY = Duration.ofHours(1);

    String CONTAINER = "container://";

    /// Reads a word of the command line.
    static HashSource of(String word) {
        if (word.startsWith("http://") || word.startsWith("https://")) {
            return new Resource(word);
        }
        if (word.startsWith(CONTAINER)) {
            int slash = word.indexOf('/', CONTAINER.length());
            if (slash <= CONTAINER.length()) {
                throw new UsageException("'%s' names no path in a container, as container://NAME/PATH".formatted(word));
            }
            return new InContainer(word.substring(CONTAINER.length(), slash), word.substring(slash));
        }
        Path path = Path.of(word);
        if (!Files.exists(path)) {
            throw new UsageException("'%s' is not there".formatted(word));
        }
        return new Tree(path);
    }

    /// Digests it at least so deep.
    Manifest manifest(Digester digester, Depth depth) throws IOException, InterruptedException;

    /// Is a file, or a folder with all below it.
    record Tree(Path path) implements HashSource {
        @Override
        public Manifest manifest(Digester digester, Depth depth) throws IOException, InterruptedException {
            return digester.manifest(path, depth);
        }
    }

    /// Is what a server answers to a GET; it is named by the last part of its path.
    record Resource(String url) implements HashSource {
        @Override
        public Manifest manifest(Digester digester, Depth depth) throws IOException, InterruptedException {
            HttpRequest request = request();
            try (HttpClient client = new HttpClient(HttpLimits.DEFAULT);
                    var body = client.open(request, PATIENCE)) {
                if (body.status() != 200) {
                    throw new UsageException("%s answers with status %d".formatted(url, body.status()));
                }
                StreamDigest digest = new StreamDigest();
                body.transferTo(digest);
                return new Manifest(List.of(digest.entry(name(request.uri()))));
            }
        }

        private HttpRequest request() {
            try {
                return new HttpRequest("GET", URI.create(url), Headers.NONE, new byte[0]);
            } catch (IllegalArgumentException e) {
                throw new UsageException("'%s' is no URL: %s".formatted(url, e.getMessage()));
            }
        }

        private static String name(URI uri) {
            String path = String.valueOf(uri.getPath());
            String name = path.substring(path.lastIndexOf('/') + 1);
            return name.isEmpty() ? uri.getHost() : name;
        }
    }

    /// Is a file, or the files of a folder, in a container that runs or ran; links are left out.
    record InContainer(String container, String path) implements HashSource {
        @Override
        public Manifest manifest(Digester digester, Depth depth) throws IOException, InterruptedException {
            Map<String, StreamDigest> digests = new LinkedHashMap<>();
            try (Engine engine = Engine.connect(System.getenv())) {
                engine.containers()
                        .copies(container)
                        .out(path, name -> digests.computeIfAbsent(name, _ -> new StreamDigest()), LONGEST_COPY);
            }
            List<Entry> entries = new ArrayList<>();
            digests.forEach((name, digest) -> entries.add(digest.entry(below(name))));
            return new Manifest(entries);
        }

        /// An engine names what it copies from the path's last part on.
        private String below(String name) {
            String top = path.replaceAll("/+$", "");
            String last = top.substring(top.lastIndexOf('/') + 1);
            return name.startsWith(last + "/") ? name.substring(last.length() + 1) : name;
        }
    }
}
