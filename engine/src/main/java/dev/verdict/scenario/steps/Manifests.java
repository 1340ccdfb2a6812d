package dev.verdict.scenario.steps;

import dev.verdict.http.HttpStream;
import dev.verdict.integrity.Comparison;
import dev.verdict.integrity.Difference;
import dev.verdict.integrity.Digester;
import dev.verdict.integrity.Digester.Depth;
import dev.verdict.integrity.Generator;
import dev.verdict.integrity.IntegrityException;
import dev.verdict.integrity.Manifest;
import dev.verdict.integrity.ManifestJson;
import dev.verdict.integrity.Recipe;
import dev.verdict.integrity.StreamDigest;
import dev.verdict.json.Json;
import dev.verdict.scenario.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;

/// Makes artifacts, keeps manifests of one scenario by name, and compares with them.
final class Manifests {
    private static final int LONGEST_DOWNLOAD_MINUTES = 10;

    private final World world;
    private final Observer observer;
    private final FileSources files;
    private final Exchanges exchanges;
    private final Map<String, Manifest> taken = new HashMap<>();

    /// Reads what there is to digest.
    private interface Reader {
        Manifest read() throws IOException, InterruptedException, NoAnswer;
    }

    Manifests(World world, Observer observer, FileSources files, Exchanges exchanges) {
        this.world = world;
        this.observer = observer;
        this.files = files;
        this.exchanges = exchanges;
    }

    /// Makes an artifact; the scenario's end removes one that was not there before.
    void generate(String name, long size, long seed) throws IOException {
        Path file = files.path(name);
        Generator.Artifact made = new Generator().make(new Recipe(size, seed), file);
        if (!made.reused()) {
            world.closing(() -> Files.deleteIfExists(file));
        }
    }

    void take(String path, String name) throws IOException, InterruptedException {
        Path root = files.path(path);
        if (!Files.exists(root)) {
            throw new IllegalArgumentException(path + " is not there");
        }
        Manifest manifest = tree(root);
        seen("file", path, manifest);
        taken.put(name, manifest);
    }

    /// Offers what differs between a manifest taken before and a file or folder as it is now.
    Source tree(String path, String name) {
        Path root = files.path(path);
        return differences("manifest of " + path, "file", path, name, () -> {
            if (!Files.exists(root)) {
                return new Manifest(List.of());
            }
            return tree(root);
        });
    }

    /// Offers what differs between a manifest taken before and what a service answers.
    Source answer(String path, String service, String name) {
        Request request = exchanges.request("GET", path, service, new byte[0], "");
        return differences(
                "manifest of " + path + " from " + service,
                "http",
                request.address() + " at " + request.address().endpoint(world),
                name,
                () -> download(request));
    }

    /// Is as before if there are no differences; else they are shown, one a line.
    static Expectation same(String name) {
        return Expectation.of(
                        "as in \"" + name + "\"", content -> shown(content).isEmpty())
                .showing(content -> shown(content).isEmpty() ? "the same" : shown(content));
    }

    private static String shown(Content content) {
        return content.json()
                .map(lines -> lines.valueStream().map(line -> line.asString("")).collect(Collectors.joining("\n")))
                .orElseThrow();
    }

    private Source differences(String label, String kind, String source, String name, Reader reader) {
        Manifest before = taken(name);
        return new Look(label, () -> {
            try {
                Manifest now = reader.read();
                seen(kind, source, now);
                ArrayNode lines = Json.MAPPER.createArrayNode();
                for (Difference difference : Comparison.of(before, now)) {
                    lines.add(difference.text());
                }
                return Content.of(lines);
            } catch (IOException | IntegrityException e) {
                throw new NoAnswer(label + ": " + e.getMessage(), e);
            }
        });
    }

    private Manifest taken(String name) {
        Manifest manifest = taken.get(name);
        if (manifest == null) {
            throw new IllegalStateException("no manifest was taken as \"" + name + "\" before this step");
        }
        return manifest;
    }

    private static Manifest tree(Path root) throws IOException, InterruptedException {
        try (Digester digester = new Digester()) {
            return digester.manifest(root, Depth.BOTH);
        }
    }

    private Manifest download(Request request) throws IOException, InterruptedException, NoAnswer {
        try (HttpStream body = exchanges.open(request, request.toString())) {
            if (body.status() != 200) {
                throw new NoAnswer(request + " at " + request.address() + " was answered with " + body.status());
            }
            CompletableFuture<Void> limit = CompletableFuture.runAsync(
                    body::close, CompletableFuture.delayedExecutor(LONGEST_DOWNLOAD_MINUTES, TimeUnit.MINUTES));
            try {
                StreamDigest digest = new StreamDigest();
                body.transferTo(digest);
                return new Manifest(List.of(digest.entry(lastPart(request.path()))));
            } finally {
                limit.cancel(false);
            }
        }
    }

    private static String lastPart(String path) {
        String plain = path.split("\\?", 2)[0];
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    private void seen(String kind, String source, Manifest manifest) {
        long bytes =
                manifest.entries().stream().mapToLong(entry -> entry.size()).sum();
        observer.seen(
                kind,
                source,
                "manifest: %d files, %d bytes, digest %s"
                        .formatted(manifest.entries().size(), bytes, manifest.digest()),
                ManifestJson.write(manifest).getBytes(StandardCharsets.UTF_8));
    }
}
