package relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/// Says what is to be uploaded. The same one asked for again is the same upload.
///
/// @param size in bytes
/// @param chunk how many bytes a chunk has, but for the last
record Blueprint(String name, long size, int chunk, String sha256) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_CHUNK = 16 << 20;
    private static final int MAX_CHUNKS = 100_000;

    /// Reads what a request asks for.
    ///
    /// @throws Http.Refused if it is not whole
    static Blueprint of(Map<String, String> query) throws IOException {
        try {
            Blueprint asked = new Blueprint(
                    query.getOrDefault("name", ""),
                    Long.parseLong(query.getOrDefault("size", "")),
                    Integer.parseInt(query.getOrDefault("chunk", "")),
                    query.getOrDefault("sha256", ""));
            if (NAME.matcher(asked.name).matches()
                    && SHA256.matcher(asked.sha256).matches()
                    && asked.chunk > 0
                    && asked.chunk <= MAX_CHUNK
                    && asked.size > 0
                    && asked.size <= (long) asked.chunk * MAX_CHUNKS) {
                return asked;
            }
        } catch (NumberFormatException e) {
            throw new Http.Refused(400, "size and chunk are numbers: " + e.getMessage());
        }
        throw new Http.Refused(400, "an upload needs name, size, chunk (at most 16 MiB) and sha256");
    }

    /// Returns the id of the upload.
    String id() {
        return Disk.sha256(text().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    String text() {
        return "name=%s&size=%d&chunk=%d&sha256=%s".formatted(name, size, chunk, sha256);
    }

    int chunks() {
        return (int) ((size + chunk - 1) / chunk);
    }

    int length(int index) {
        return (int) Math.min(chunk, size - (long) index * chunk);
    }
}
