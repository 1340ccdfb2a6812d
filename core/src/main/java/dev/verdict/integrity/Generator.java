package dev.verdict.integrity;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/// Makes artifacts as files: written aside, forced to the disk and renamed, so that under its name
/// an artifact is whole or not there.
public final class Generator {
    /// How much of a disk stays free whatever is asked for.
    private static final long RESERVE = 64L << 20;

    private static final int BUFFER = 1 << 18;

    private final LongAdder made = new LongAdder();
    private volatile boolean stopped;

    /// Is an artifact that lies there.
    ///
    /// @param reused whether it lay there already, and every byte of it was compared
    public record Artifact(Path file, long size, String sha256, boolean reused) {}

    /// Returns how many bytes were made or compared so far, for whoever shows progress.
    public long made() {
        return made.sum();
    }

    /// Has whoever makes something give up, from another thread; nothing is left of it.
    public void stop() {
        stopped = true;
    }

    /// Makes an artifact, or finds that it is there; its folder is made if need be.
    ///
    /// @throws IntegrityException if something else lies there, or the disk has no place for it
    public Artifact make(Recipe recipe, Path file) throws IOException {
        if (Files.exists(file)) {
            return reuse(recipe, file);
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
        Files.createDirectories(folder);
        requirePlace(recipe.size(), folder);
        Path aside = folder.resolve(".%s.%d.part"
                .formatted(file.getFileName(), ProcessHandle.current().pid()));
        try {
            String sha256 = write(recipe, aside);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            force(folder);
            return new Artifact(file, recipe.size(), sha256, false);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /// Makes sure that a disk has place for so many bytes and does not become full of them.
    ///
    /// @param folder on that disk
    /// @throws IntegrityException if it has not
    public static void requirePlace(long bytes, Path folder) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        long free = disk.getUsableSpace();
        if (free - RESERVE < bytes) {
            throw new IntegrityException("%,d bytes do not fit on the disk of %s: %,d are free, of which %,d stay free"
                    .formatted(bytes, folder, free, RESERVE));
        }
    }

    private String write(Recipe recipe, Path aside) throws IOException {
        Recipe.Stream stream = recipe.new Stream();
        try (FileChannel channel = FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                Conveyor conveyor = new Conveyor(channel, BUFFER)) {
            int length = BUFFER;
            while (length == BUFFER) {
                byte[] buffer = conveyor.empty();
                length = stream.next(buffer);
                conveyor.take(length);
                went(length);
            }
            return conveyor.finish();
        }
    }

    private void went(int bytes) {
        made.add(bytes);
        if (stopped) {
            throw new IntegrityException("interrupted; nothing was made");
        }
    }

    private Artifact reuse(Recipe recipe, Path file) throws IOException {
        Sha256 digest = new Sha256();
        OptionalLong mismatch = mismatch(recipe, file, digest);
        if (mismatch.isPresent()) {
            throw new IntegrityException(
                    "%s is there, but is not the artifact of size %d and seed %d: it differs at byte %d"
                            .formatted(file, recipe.size(), recipe.seed(), mismatch.getAsLong()));
        }
        return new Artifact(file, recipe.size(), digest.hex(), true);
    }

    /// Compares a file with an artifact.
    ///
    /// @return the first byte that differs; the shorter one's size if one is the other's beginning
    public OptionalLong mismatch(Recipe recipe, Path file) throws IOException {
        return mismatch(recipe, file, new Sha256());
    }

    private OptionalLong mismatch(Recipe recipe, Path file, Sha256 digest) throws IOException {
        Recipe.Stream stream = recipe.new Stream();
        byte[] expected = new byte[BUFFER];
        byte[] found = new byte[BUFFER];
        long at = 0;
        try (var in = Files.newInputStream(file)) {
            for (int length = stream.next(expected); length > 0; length = stream.next(expected)) {
                int read = in.readNBytes(found, 0, length);
                int differs = Arrays.mismatch(expected, 0, length, found, 0, read);
                if (differs >= 0) {
                    return OptionalLong.of(at + differs);
                }
                digest.update(found, 0, read);
                at += read;
                went(read);
            }
            return in.read() < 0 ? OptionalLong.empty() : OptionalLong.of(at);
        } catch (NoSuchFileException e) {
            throw new IntegrityException(file + " is not there");
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
