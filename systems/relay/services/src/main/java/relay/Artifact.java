package relay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Is what can be downloaded.
///
/// @param blueprint what it was asked to be
/// @param digests of its chunks, which are compared with whatever is read
record Artifact(String name, Path file, Blueprint blueprint, List<String> digests) {
    Artifact {
        digests = List.copyOf(digests);
    }

    static Artifact read(Path file, Path digests) throws IOException {
        List<String> lines = Files.readAllLines(digests);
        return new Artifact(
                file.getFileName().toString(), file, blueprint(lines.getFirst()), lines.subList(1, lines.size()));
    }

    static Blueprint blueprint(String text) throws IOException {
        return Blueprint.of(Arrays.stream(text.strip().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    String text() {
        return blueprint.text() + "\n" + String.join("\n", digests) + "\n";
    }

    long size() throws IOException {
        return Files.size(file);
    }

    String json() throws IOException {
        return "{\"name\":\"%s\",\"size\":%d,\"sha256\":\"%s\"}".formatted(name, size(), blueprint.sha256());
    }

    /// Writes a part of it, each chunk only if it has its digest.
    ///
    /// @param to the byte behind the last
    void write(long from, long to, OutputStream out) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            for (long at = from; at < to; ) {
                int index = (int) (at / blueprint.chunk());
                long start = (long) index * blueprint.chunk();
                byte[] chunk = Disk.read(channel, start, (int) Math.min(blueprint.chunk(), size - start));
                if (index < digests.size() && !Disk.sha256(chunk).equals(digests.get(index))) {
                    throw new IOException("%s is damaged in its chunk %d, from byte %d".formatted(name, index, start));
                }
                int end = (int) Math.min(chunk.length, to - start);
                out.write(chunk, (int) (at - start), (int) (start + end - at));
                at = start + end;
            }
        }
    }
}
