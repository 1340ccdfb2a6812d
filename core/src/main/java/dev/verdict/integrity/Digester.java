package dev.verdict.integrity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// Digests files on all cores, in bounded memory: a small buffer for each.
public final class Digester implements AutoCloseable {
    /// How many bytes of a file one task digests by chunks, so that a large file fills all cores.
    private static final long SEGMENT = 64L * Manifest.CHUNK;

    /// Fits the processor's nearest cache, and divides a chunk.
    private static final int BUFFER = 1 << 14;

    private final ExecutorService cores;
    private final LongAdder digested = new LongAdder();

    public Digester() {
        cores = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("digest-", 0).daemon().factory());
    }

    /// Returns how many bytes were digested so far, for whoever shows progress.
    public long digested() {
        return digested.sum();
    }

    /// Says which digests of a file are made.
    public enum Depth {
        /// Only that of the whole, which one core at a time can make.
        WHOLE,
        /// Only those of the chunks, made on all cores: they say as much to whoever compares.
        CHUNKS,
        BOTH
    }

    /// Returns the manifest of a file, which is then named by its own name, or of all that lies
    /// below a folder. Links are not followed.
    ///
    /// @throws IntegrityException if a file changes while it is read
    public Manifest manifest(Path root, Depth depth) throws IOException, InterruptedException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Path path : below(root)) {
            String name = path.equals(root)
                    ? String.valueOf(root.toAbsolutePath().normalize().getFileName())
                    : root.relativize(path).toString().replace('\\', '/');
            files.put(name, path);
        }
        return manifest(files, depth);
    }

    /// Returns the manifest of files by their names in it; one that is not there is left out.
    public Manifest manifest(Map<String, Path> files, Depth depth) throws IOException, InterruptedException {
        List<Pending> pending = new ArrayList<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (Files.exists(file.getValue(), LinkOption.NOFOLLOW_LINKS)) {
                pending.add(begin(file.getKey(), file.getValue(), depth));
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (Pending entry : pending) {
            entries.add(entry.entry());
        }
        return new Manifest(entries);
    }

    private static List<Path> below(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Is an entry whose digests are under way.
    private interface Pending {
        Entry entry() throws IOException, InterruptedException;
    }

    private Pending begin(String name, Path path, Depth depth) throws IOException {
        BasicFileAttributes attributes = attributes(path);
        if (attributes.isSymbolicLink()) {
            Entry link = Entry.link(name, Files.readSymbolicLink(path).toString());
            return () -> link;
        }
        if (!attributes.isRegularFile()) {
            return () -> new Entry(name, Entry.Type.OTHER, 0, "", List.of());
        }
        Future<String> whole = cores.submit(() -> depth == Depth.CHUNKS ? "" : whole(path));
        List<Future<List<String>>> segments = depth == Depth.WHOLE ? List.of() : segments(path, attributes.size());
        return () -> {
            List<String> chunks = new ArrayList<>();
            for (Future<List<String>> segment : segments) {
                chunks.addAll(await(segment));
            }
            Entry entry = new Entry(name, Entry.Type.FILE, attributes.size(), await(whole), chunks);
            BasicFileAttributes now = attributes(path);
            if (now.size() != attributes.size() || !now.lastModifiedTime().equals(attributes.lastModifiedTime())) {
                throw new IntegrityException(path + " changed while it was read");
            }
            return entry;
        };
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private String whole(Path file) throws IOException {
        Sha256 digest = new Sha256();
        read(file, 0, Long.MAX_VALUE, (bytes, length, _) -> digest.update(bytes, 0, length));
        return digest.hex();
    }

    private List<Future<List<String>>> segments(Path file, long size) {
        List<Future<List<String>>> segments = new ArrayList<>();
        for (long at = 0; at < size; at += SEGMENT) {
            long from = at;
            segments.add(cores.submit(() -> segment(file, from)));
        }
        return segments;
    }

    private List<String> segment(Path file, long from) throws IOException {
        Sha256 digest = new Sha256();
        List<String> chunks = new ArrayList<>();
        read(file, from, from + SEGMENT, (bytes, length, end) -> {
            digest.update(bytes, 0, length);
            boolean isFull = end % Manifest.CHUNK == 0;
            boolean isLast = length < BUFFER;
            if (isFull != isLast) { // what ends with a full chunk has no other one after it
                chunks.add(digest.hex());
            }
        });
        return chunks;
    }

    private interface Taker {
        /// @param end where in the file these bytes end
        void take(byte[] bytes, int length, long end);
    }

    /// Reads a part of a file buffer by buffer; each is full but the last, which may be empty.
    private void read(Path file, long from, long to, Taker taker) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            int length = BUFFER;
            for (long at = from; at < to && length == BUFFER; at += length) {
                length = in.readNBytes(buffer, 0, BUFFER);
                digested.add(length);
                taker.take(buffer, length, at + length);
            }
        }
    }

    private static <T> T await(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException bug -> throw bug;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// Gives up what is under way.
    @Override
    public void close() {
        cores.shutdownNow();
    }
}
