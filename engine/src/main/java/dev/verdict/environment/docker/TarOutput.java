package dev.verdict.environment.docker;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Makes a tar stream of files while it is read: nothing is held but a block.
final class TarOutput {
    private final List<Copied> copied = new ArrayList<>();

    /// Returns what was read so far, in order.
    List<Copied> copied() {
        return List.copyOf(copied);
    }

    /// Returns a stream of these files, by the name that each has in it.
    InputStream of(Map<String, Path> files) {
        Iterator<InputStream> parts = Stream.concat(
                        files.entrySet().stream().flatMap(file -> parts(file.getKey(), file.getValue())),
                        Stream.of(new ByteArrayInputStream(new byte[2 * TarHeader.BLOCK])))
                .iterator();
        return new SequenceInputStream(new Lazily(parts));
    }

    private Stream<InputStream> parts(String name, Path file) {
        try {
            int mode = Files.isExecutable(file) ? 0755 : 0644;
            if (Files.isSymbolicLink(file)) {
                String link = Files.readSymbolicLink(file).toString();
                return Stream.of(header(new TarHeader(name, '2', 0, 0777, link)));
            }
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                return Stream.of(header(new TarHeader(name + "/", '5', 0, 0755, "")));
            }
            long size = Files.size(file);
            return Stream.of(
                    header(new TarHeader(name, '0', size, mode, "")),
                    new Content(name, file, size),
                    new ByteArrayInputStream(new byte[(int) (TarHeader.padded(size) - size)]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream header(TarHeader header) {
        return new ByteArrayInputStream(header.bytes());
    }

    /// Is asked for one part after the other: files are opened when their turn comes.
    @SuppressWarnings("JdkObsolete") // what SequenceInputStream takes
    private record Lazily(Iterator<InputStream> parts) implements Enumeration<InputStream> {
        @Override
        public boolean hasMoreElements() {
            return parts.hasNext();
        }

        @Override
        public InputStream nextElement() {
            return parts.next();
        }
    }

    /// Is a file's content of exactly the size that its header says.
    private final class Content extends FilterInputStream {
        private final String name;
        private final Digesting digesting = new Digesting();
        private long left;

        Content(String name, Path file, long size) throws IOException {
            super(Files.newInputStream(file));
            this.name = name;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int at, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int count = in.read(buffer, at, (int) Math.min(left, length));
            if (count < 0) {
                throw new EOFException(name + " became shorter while it was copied");
            }
            digesting.take(buffer, at, count);
            left -= count;
            return count;
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (left == 0) {
                copied.add(digesting.copied(name));
            }
        }
    }
}
