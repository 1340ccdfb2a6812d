package dev.verdict.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/// Compares a file with what it was and with what a fault made of it, byte by byte.
final class ThreeWay implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final RandomAccessFile file;
    private final RandomAccessFile original;
    private final RandomAccessFile damaged;

    private ThreeWay(RandomAccessFile file, RandomAccessFile original, RandomAccessFile damaged) {
        this.file = file;
        this.original = original;
        this.damaged = damaged;
    }

    enum Restored {
        RESTORED,
        NOTHING_TO_DO,
        WRITTEN_SINCE
    }

    static ThreeWay open(Path file, Path aside) throws IOException {
        RandomAccessFile original =
                new RandomAccessFile(aside.resolve(Damage.Restore.ORIGINAL).toFile(), "r");
        try {
            RandomAccessFile damaged =
                    new RandomAccessFile(aside.resolve(Damage.Restore.DAMAGED).toFile(), "r");
            try {
                return new ThreeWay(new RandomAccessFile(file.toFile(), "rw"), original, damaged);
            } catch (IOException e) {
                damaged.close();
                throw e;
            }
        } catch (IOException e) {
            original.close();
            throw e;
        }
    }

    /// Writes what the damage changes, and nothing else.
    void damage() throws IOException {
        for (long at = 0; at < damaged.length(); at += BLOCK) {
            byte[] was = block(original, at);
            byte[] becomes = block(damaged, at);
            if (!Arrays.equals(was, becomes)) {
                writeDifferences(at, was, was, becomes);
            }
        }
        if (original.length() != damaged.length()) {
            file.setLength(damaged.length());
        }
        file.getFD().sync();
    }

    /// Writes what was there before wherever the damage still is.
    ///
    /// @param whole whether nothing is written once a byte is neither of the two
    Restored restore(boolean whole) throws IOException {
        boolean touched = touched();
        if (whole && touched) {
            return Restored.WRITTEN_SINCE;
        }
        boolean changed = false;
        for (long at = 0; at < original.length(); at += BLOCK) {
            byte[] is = block(file, at);
            byte[] damage = block(damaged, at);
            byte[] was = block(original, at);
            if (!Arrays.equals(is, was)) {
                changed |= writeDifferences(at, is, whole ? is : damage, was);
            }
        }
        if (whole && file.length() != original.length()) {
            file.setLength(original.length());
            changed = true;
        }
        file.getFD().sync();
        if (changed) {
            return Restored.RESTORED;
        }
        return touched ? Restored.WRITTEN_SINCE : Restored.NOTHING_TO_DO;
    }

    /// Tells whether somebody else wrote: a byte is neither as before nor as damaged, or the file
    /// is longer or shorter than both.
    private boolean touched() throws IOException {
        if (file.length() > Math.max(original.length(), damaged.length())
                || file.length() < Math.min(original.length(), damaged.length())) {
            return true;
        }
        for (long at = 0; at < file.length(); at += BLOCK) {
            byte[] is = block(file, at);
            byte[] was = block(original, at);
            byte[] damage = block(damaged, at);
            for (int i = 0; i < is.length; i++) {
                boolean known = (i < was.length && is[i] == was[i]) || (i < damage.length && is[i] == damage[i]);
                if (!known) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Writes `to` wherever it differs from `is`, and `is` equals `only`: one write for each run of
    /// such bytes.
    ///
    /// @return whether anything was written
    private boolean writeDifferences(long at, byte[] is, byte[] only, byte[] to) throws IOException {
        boolean wrote = false;
        int i = 0;
        while (i < to.length) {
            int from = i;
            while (i < to.length && differs(i, is, only, to)) {
                i++;
            }
            if (i > from) {
                file.seek(at + from);
                file.write(to, from, i - from);
                wrote = true;
            }
            i++;
        }
        return wrote;
    }

    private static boolean differs(int i, byte[] is, byte[] only, byte[] to) {
        if (i >= is.length) {
            return is.length == only.length;
        }
        return is[i] != to[i] && i < only.length && is[i] == only[i];
    }

    private static byte[] block(RandomAccessFile from, long at) throws IOException {
        byte[] bytes = new byte[(int) Math.max(0, Math.min(BLOCK, from.length() - at))];
        from.seek(at);
        from.readFully(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            try {
                damaged.close();
            } finally {
                original.close();
            }
        }
    }
}
