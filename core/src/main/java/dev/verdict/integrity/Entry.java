package dev.verdict.integrity;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Is a line of a manifest.
///
/// @param path relative, with `/` between its parts
/// @param type what is there
/// @param size in bytes; of a link, of the name that it leads to; -1 if it is not known
/// @param sha256 64 hexadecimal digits: of a file's content, of the name that a link leads to;
///     empty for anything else, and where only the chunks were digested
/// @param chunks the SHA-256 of each [Manifest#CHUNK] bytes of a file, the last one shorter
public record Entry(String path, Type type, long size, String sha256, List<String> chunks) {
    public Entry {
        chunks = List.copyOf(chunks);
    }

    /// Says what lies at a path.
    public enum Type {
        FILE,
        LINK,
        /// Is a socket, a pipe or a device: only that it is there is known.
        OTHER
    }

    /// Stands for a size that a file of sums does not say.
    static final long UNKNOWN = -1;

    /// Makes the entry of a link: what matters is the name that it leads to.
    static Entry link(String path, String target) {
        byte[] name = target.getBytes(StandardCharsets.UTF_8);
        Sha256 digest = new Sha256();
        digest.update(name, 0, name.length);
        return new Entry(path, Type.LINK, name.length, digest.hex(), List.of());
    }

    /// Tells whether the same is there. Digests of all chunks say as much as one of the whole.
    boolean same(Entry other) {
        boolean whole = !sha256.isEmpty() && !other.sha256.isEmpty();
        return type == other.type
                && (size == other.size || size == UNKNOWN)
                && (whole ? sha256.equals(other.sha256) : chunks.equals(other.chunks));
    }
}
