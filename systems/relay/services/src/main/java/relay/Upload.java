package relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Is an artifact on its way in: a folder with what it will be, its bytes so far, and a log with
/// the digest of each chunk, which is written after the chunk's bytes.
///
/// Both outlive the server at once. They are forced to the disk when the upload becomes an
/// artifact, and not before: chunks are read again and compared with the log when an upload is
/// taken up, so one that a power cut took away is only sent once more.
final class Upload implements AutoCloseable {
    private static final Pattern LOGGED = Pattern.compile("([0-9]{1,6}) ([0-9a-f]{64})\n");

    private final Blueprint blueprint;
    private final Path folder;
    private final FileChannel data;
    private final FileChannel log;
    private final BitSet stored = new BitSet();
    private final String[] digests;
    private final Set<Integer> connections = Collections.synchronizedSet(new HashSet<>());

    private Upload(Blueprint blueprint, Path folder) throws IOException {
        this.blueprint = blueprint;
        this.folder = folder;
        this.digests = new String[blueprint.chunks()];
        Arrays.fill(digests, "");
        this.data =
                FileChannel.open(data(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.log = FileChannel.open(folder.resolve("chunks"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    static Upload begin(Blueprint blueprint, Path folder) throws IOException {
        Files.createDirectories(folder);
        Disk.write(folder.resolve("blueprint"), blueprint.text());
        return new Upload(blueprint, folder);
    }

    /// Takes up what a server that ended in whatever way left: a chunk counts if its bytes have the
    /// digest that the log says.
    static Upload recover(Blueprint blueprint, Path folder) throws IOException {
        Upload upload = new Upload(blueprint, folder);
        Matcher logged = LOGGED.matcher(Files.readString(folder.resolve("chunks"), StandardCharsets.UTF_8));
        long good = 0;
        while (logged.find() && logged.start() == good) {
            good = logged.end();
            int index = Integer.parseInt(logged.group(1));
            if (index < blueprint.chunks() && upload.holds(index, logged.group(2))) {
                upload.digests[index] = logged.group(2);
                upload.stored.set(index);
            }
        }
        upload.log.truncate(good);
        return upload;
    }

    private boolean holds(int index, String sha256) throws IOException {
        long at = (long) index * blueprint.chunk();
        int length = blueprint.length(index);
        return data.size() >= at + length
                && Disk.sha256(Disk.read(data, at, length)).equals(sha256);
    }

    Blueprint blueprint() {
        return blueprint;
    }

    Path folder() {
        return folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    /// Returns over how many connections chunks came.
    int connections() {
        return connections.size();
    }

    synchronized int storedChunks() {
        return stored.cardinality();
    }

    synchronized List<Integer> missing() {
        List<Integer> missing = new ArrayList<>();
        for (int i = stored.nextClearBit(0); i < blueprint.chunks(); i = stored.nextClearBit(i + 1)) {
            missing.add(i);
        }
        return missing;
    }

    /// Stores a chunk; when it returns the chunk outlives a crash of the server.
    ///
    /// @param connection the port of whoever sent it
    void store(int index, byte[] bytes, String sha256, int connection) throws IOException {
        connections.add(connection);
        Disk.writeFully(data, ByteBuffer.wrap(bytes), (long) index * blueprint.chunk());
        String line = "%d %s\n".formatted(index, sha256);
        synchronized (this) {
            Disk.writeFully(log, ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), log.size());
            digests[index] = sha256;
            stored.set(index);
        }
    }

    /// Counts a chunk as stored that is not.
    synchronized void pretend(int index) {
        stored.set(index);
    }

    /// Returns the digests of the chunks, by number.
    synchronized List<String> digests() {
        return List.of(digests);
    }

    FileChannel channel() {
        return data;
    }

    @Override
    public void close() throws IOException {
        try (data) {
            log.close();
        }
    }
}
