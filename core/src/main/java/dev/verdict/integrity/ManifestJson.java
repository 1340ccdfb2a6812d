package dev.verdict.integrity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes and reads manifests as JSON:
///
/// ```json
/// {"manifest": 1, "chunk": 1048576, "digest": "…", "entries": [
///   {"path": "a/model.bin", "size": 1500000, "sha256": "…", "chunks": ["…", "…"]},
///   {"path": "a/latest", "type": "link", "size": 9, "sha256": "…"}]}
/// ```
public final class ManifestJson {
    private static final int VERSION = 1;
    private static final long MAX_BYTES = 256L << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ManifestJson() {}

    public static String write(Manifest manifest) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("manifest", VERSION);
        all.put("chunk", Manifest.CHUNK);
        all.put("digest", manifest.digest());
        all.put("entries", manifest.entries().stream().map(ManifestJson::entry).toList());
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(all);
    }

    private static Map<String, Object> entry(Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", entry.path());
        if (entry.type() != Entry.Type.FILE) {
            fields.put("type", entry.type().name().toLowerCase(Locale.ROOT));
        }
        fields.put("size", entry.size());
        if (entry.type() != Entry.Type.OTHER) {
            fields.put("sha256", entry.sha256());
        }
        if (!entry.chunks().isEmpty()) {
            fields.put("chunks", entry.chunks());
        }
        return fields;
    }

    /// Reads a manifest's file.
    ///
    /// @throws IntegrityException if it is none, is larger than 256 MiB, or does not agree with the
    ///     digest that it carries
    public static Manifest read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IntegrityException(file + " is larger than a manifest may be, 256 MiB");
            }
            return manifest(file.toString(), MAPPER.readTree(Files.readAllBytes(file)));
        } catch (JacksonException e) {
            throw new IntegrityException("%s is no JSON: %s".formatted(file, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifest manifest(String file, JsonNode root) {
        if (root.path("manifest").asInt(0) != VERSION
                || root.path("chunk").asInt(0) != Manifest.CHUNK
                || !root.path("entries").isArray()) {
            throw new IntegrityException(file + " is no manifest as `verdict hash --manifest` writes it");
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode node : root.path("entries")) {
            entries.add(entry(file, entries.size(), node));
        }
        Manifest manifest = new Manifest(entries);
        if (!manifest.digest().equals(root.path("digest").asString(""))) {
            throw new IntegrityException(
                    file + " was changed after it was written: its digest is not that of its" + " entries");
        }
        return manifest;
    }

    private static Entry entry(String file, int index, JsonNode node) {
        String path = node.path("path").asString("");
        Entry.Type type = type(node.path("type").asString("file"));
        long size = node.path("size").asLong(-1);
        String sha256 = node.path("sha256").asString("");
        List<String> chunks = new ArrayList<>();
        node.path("chunks").forEach(chunk -> chunks.add(chunk.asString("")));
        long expected = type == Entry.Type.FILE ? (size + Manifest.CHUNK - 1) / Manifest.CHUNK : 0;
        boolean whole = type != Entry.Type.OTHER
                && Sha256.isHex(sha256)
                && chunks.size() == expected
                && chunks.stream().allMatch(Sha256::isHex);
        if (path.isEmpty() || size < 0 || !(whole || type == Entry.Type.OTHER)) {
            throw new IntegrityException(
                    "%s: entry %d ('%s') is not whole: it needs a path, a size, a sha256 and a digest for each MiB"
                            .formatted(file, index + 1, path));
        }
        return new Entry(path, type, size, sha256, chunks);
    }

    private static Entry.Type type(String word) {
        return switch (word) {
            case "file" -> Entry.Type.FILE;
            case "link" -> Entry.Type.LINK;
            case "other" -> Entry.Type.OTHER;
            default -> throw new IntegrityException("'" + word + "' is no type of an entry; it is file, link or other");
        };
    }
}
