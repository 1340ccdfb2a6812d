package dev.verdict.environment.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the files of a tar stream, holding no more than a buffer.
final class TarInput {
    /// Bounds what a header may say in blocks of its own.
    private static final long MAX_RECORDS = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[32 * 1024];

    TarInput(InputStream in) {
        this.in = in;
    }

    /// Says where a file's content goes.
    interface Target {
        OutputStream open(TarHeader header) throws IOException;
    }

    /// Returns a target that makes files in a folder, and never outside of it.
    static Target into(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        return header -> {
            Path file = root.resolve(header.name()).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw new IOException("the container's file %s would lie outside of %s".formatted(header.name(), root));
            }
            Files.createDirectories(file.getParent());
            return Files.newOutputStream(file);
        };
    }

    List<Copied> readAll(Target target) throws IOException {
        List<Copied> copied = new ArrayList<>();
        String longName = null;
        for (TarHeader header = next(); header != null; header = next()) {
            switch (header.type()) {
                case 'L' -> longName = withoutZero(records(header));
                case 'x' -> longName = path(records(header), longName);
                case '0' -> {
                    copied.add(content(header, longName == null ? header.name() : longName, target));
                    longName = null;
                }
                default -> {
                    skip(TarHeader.padded(header.size()));
                    longName = null;
                }
            }
        }
        return copied;
    }

    private @Nullable TarHeader next() throws IOException {
        byte[] block = in.readNBytes(TarHeader.BLOCK);
        if (block.length == 0) {
            return null;
        }
        if (block.length < TarHeader.BLOCK) {
            throw new EOFException("the copy ends in the middle of a header");
        }
        TarHeader header = TarHeader.read(block);
        return header.name().isEmpty() && header.size() == 0 ? null : header;
    }

    private byte[] records(TarHeader header) throws IOException {
        if (header.size() > MAX_RECORDS) {
            throw new IOException("a header of %d bytes is no header".formatted(header.size()));
        }
        byte[] records = in.readNBytes((int) header.size());
        skip(TarHeader.padded(header.size()) - header.size());
        return records;
    }

    private static String withoutZero(byte[] name) {
        return new String(name, StandardCharsets.UTF_8).replace("\0", "");
    }

    /// Returns the path that pax records say, each `LENGTH KEY=VALUE\n`.
    private static @Nullable String path(byte[] records, @Nullable String otherwise) throws IOException {
        String found = otherwise;
        for (int at = 0; at < records.length; ) {
            int space = at;
            while (space < records.length && records[space] != ' ') {
                space++;
            }
            int length = Integer.parseInt(new String(records, at, space - at, StandardCharsets.US_ASCII));
            if (length <= 0 || at + length > records.length) {
                throw new IOException("a header's records are damaged");
            }
            String entry = new String(records, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
            if (entry.startsWith("path=")) {
                found = entry.substring("path=".length());
            }
            at += length;
        }
        return found;
    }

    private Copied content(TarHeader header, String name, Target target) throws IOException {
        Digesting digesting = new Digesting();
        long left = header.size();
        TarHeader named = new TarHeader(name, header.type(), left, header.mode(), header.link());
        try (OutputStream out = target.open(named)) {
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (count < 0) {
                    throw new EOFException("the copy ends in the middle of " + name);
                }
                out.write(buffer, 0, count);
                digesting.take(buffer, 0, count);
                left -= count;
            }
        }
        skip(TarHeader.padded(header.size()) - header.size());
        return digesting.copied(name);
    }

    private void skip(long count) throws IOException {
        in.skipNBytes(count);
    }
}
