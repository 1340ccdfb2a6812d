package dev.verdict.integrity;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Says what a set of files is, byte for byte: by path, size and SHA-256, and by digests of each
/// MiB, so that a difference can be placed. Empty folders, owners and times are not part of it.
///
/// @param entries by path
public record Manifest(List<Entry> entries) {
    /// How many bytes a chunk has.
    public static final int CHUNK = 1 << 20;

    public Manifest {
        entries = entries.stream().sorted(Comparator.comparing(Entry::path)).toList();
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i).path().equals(entries.get(i - 1).path())) {
                throw new IntegrityException("'%s' stands twice in one manifest"
                        .formatted(entries.get(i).path()));
            }
        }
    }

    /// Returns one digest for all: the SHA-256 of the manifest's lines `SHA256  TYPE  SIZE  PATH`.
    public String digest() {
        Sha256 digest = new Sha256();
        for (Entry entry : entries) {
            byte[] line = "%s  %s  %d  %s\n"
                    .formatted(entry.sha256(), entry.type(), entry.size(), entry.path())
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            digest.update(line, 0, line.length);
        }
        return digest.hex();
    }

    Map<String, Entry> byPath() {
        return entries.stream()
                .collect(Collectors.toMap(Entry::path, entry -> entry, (one, _) -> one, LinkedHashMap::new));
    }
}
