package dev.verdict.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/// Knows the ways to spoil a file.
final class Spoilers {
    private Spoilers() {}

    /// Picks different numbers below `bound`; all of them if there are no more.
    private static Set<Long> pick(SplittableRandom random, int count, long bound) {
        Set<Long> picked = new HashSet<>();
        while (picked.size() < Math.min(count, bound)) {
            picked.add(random.nextLong(bound));
        }
        return picked;
    }

    /// Turns bits over, each at most once.
    record Bits(int count) implements Damage.Spoiler {
        @Override
        public void spoil(RandomAccessFile copy, Scene scene) throws IOException {
            if (copy.length() == 0) {
                throw new FaultException("an empty file has no bits to turn over");
            }
            for (long bit : pick(scene.random(), count, copy.length() * 8)) {
                copy.seek(bit / 8);
                int now = copy.read();
                copy.seek(bit / 8);
                copy.write(now ^ (1 << (bit % 8)));
            }
        }
    }

    /// Cuts the end off.
    record Cut(long size) implements Damage.Spoiler {
        @Override
        public void spoil(RandomAccessFile copy, Scene scene) throws IOException {
            if (copy.length() <= size) {
                throw new FaultException(
                        "the file has only %d bytes: nothing of it can be cut off".formatted(copy.length()));
            }
            copy.setLength(size);
        }
    }

    /// Takes the content of another file.
    record Copy(Path older) implements Damage.Spoiler {
        @Override
        public void spoil(RandomAccessFile copy, Scene scene) throws IOException {
            copy.setLength(0);
            try (InputStream in = Files.newInputStream(older)) {
                OutputStream out = Channels.newOutputStream(copy.getChannel());
                in.transferTo(out);
            }
        }
    }

    /// Overwrites pages of an SQLite database with noise (https://www.sqlite.org/fileformat.html:
    /// the page size is a big-endian number of two bytes at 16, where 1 stands for 65,536).
    record Pages(int count) implements Damage.Spoiler {
        private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

        @Override
        public void spoil(RandomAccessFile copy, Scene scene) throws IOException {
            byte[] header = new byte[18];
            if (copy.length() < header.length) {
                throw notSqlite();
            }
            copy.readFully(header);
            int field = ((header[16] & 0xff) << 8) | (header[17] & 0xff);
            int size = field == 1 ? 65_536 : field;
            if (!Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length) || size < 512) {
                throw notSqlite();
            }
            long pages = copy.length() / size;
            if (pages < 2) {
                throw new FaultException("the database has only its first page, which is spared");
            }
            byte[] noise = new byte[size];
            for (long page : pick(scene.random(), count, pages - 1)) {
                scene.random().nextBytes(noise);
                copy.seek((page + 1) * size);
                copy.write(noise);
            }
        }

        private static FaultException notSqlite() {
            return new FaultException("the file is no SQLite database: it has not its header");
        }
    }
}
