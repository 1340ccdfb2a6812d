package dev.verdict.environment.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Is the block of 512 bytes before each file of a tar stream (POSIX.1-2001, "pax Interchange
/// Format"), with GNU's binary numbers where a size does not fit into octal digits.
///
/// @param name of at most 100 bytes in the block itself; longer ones are in a block before it
/// @param type `0` file, `5` directory, `2` symbolic link, `x` pax records, `L` GNU's long name
/// @param link where a symbolic link leads
record TarHeader(String name, char type, long size, int mode, String link) {
    static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int MODE = 100;
    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final long LARGEST_OCTAL = 077777777777L;

    /// Returns the block, with a block of pax records before it where name or link are long.
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (length(name) > NAME || length(link) > NAME) {
            byte[] records = (record("path", name) + (link.isEmpty() ? "" : record("linkpath", link)))
                    .getBytes(StandardCharsets.UTF_8);
            out.writeBytes(new TarHeader("pax", 'x', records.length, 0644, "").block());
            out.writeBytes(Arrays.copyOf(records, (int) padded(records.length)));
        }
        out.writeBytes(block());
        return out.toByteArray();
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// Each record begins with its own length, its digits included.
    private static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = length(rest);
        int whole = length + Integer.toString(length).length();
        if (Integer.toString(whole).length() > Integer.toString(length).length()) {
            whole++;
        }
        return whole + rest;
    }

    private byte[] block() {
        byte[] block = new byte[BLOCK];
        put(block, 0, NAME, name);
        put(block, MODE, 8, "%07o".formatted(mode));
        put(block, 108, 8, "0000000");
        put(block, 116, 8, "0000000");
        putSize(block);
        put(block, 136, 12, "00000000000");
        block[TYPE] = (byte) type;
        put(block, LINK, NAME, link);
        put(block, MAGIC, 8, "ustar\00000");
        put(block, CHECKSUM, 8, "        ");
        int sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        put(block, CHECKSUM, 8, "%06o\0 ".formatted(sum));
        return block;
    }

    private void putSize(byte[] block) {
        if (size <= LARGEST_OCTAL) {
            put(block, SIZE, 12, "%011o".formatted(size));
            return;
        }
        for (int i = 0; i < 8; i++) {
            block[SIZE + 11 - i] = (byte) (size >>> (8 * i));
        }
        block[SIZE] = (byte) 0x80;
    }

    private static void put(byte[] block, int at, int limit, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, Math.min(limit, bytes.length));
    }

    /// Returns the length with what fills its last block.
    static long padded(long length) {
        return (length + BLOCK - 1) / BLOCK * BLOCK;
    }

    /// Reads a block; the two empty ones at the end have an empty name.
    static TarHeader read(byte[] block) {
        String prefix = block[MAGIC] == 'u' && block[MAGIC + 5] == 0 ? text(block, PREFIX, 155) : "";
        String name = text(block, 0, NAME);
        char type = block[TYPE] == 0 ? '0' : (char) block[TYPE];
        return new TarHeader(
                prefix.isEmpty() ? name : prefix + "/" + name,
                type,
                number(block, SIZE, 12),
                (int) number(block, MODE, 8),
                text(block, LINK, NAME));
    }

    private static String text(byte[] block, int at, int limit) {
        int end = at;
        while (end < at + limit && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    private static long number(byte[] block, int at, int limit) {
        if ((block[at] & 0x80) != 0) {
            long number = 0;
            for (int i = at + 1; i < at + limit; i++) {
                number = (number << 8) | (block[i] & 0xff);
            }
            return number;
        }
        String digits = text(block, at, limit).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
