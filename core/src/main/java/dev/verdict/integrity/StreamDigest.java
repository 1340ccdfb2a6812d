package dev.verdict.integrity;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// Digests what is written to it: as a whole and by chunks.
public final class StreamDigest extends OutputStream {
    private final Sha256 whole = new Sha256();
    private final Sha256 chunk = new Sha256();
    private final List<String> chunks = new ArrayList<>();
    private int inChunk;
    private long size;

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        whole.update(bytes, from, length);
        size += length;
        int at = from;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, Manifest.CHUNK - inChunk);
            chunk.update(bytes, at, taken);
            at += taken;
            left -= taken;
            inChunk += taken;
            if (inChunk == Manifest.CHUNK) {
                endChunk();
            }
        }
    }

    private void endChunk() {
        chunks.add(chunk.hex());
        inChunk = 0;
    }

    /// Returns what was written, as a file of this name; once.
    public Entry entry(String path) {
        if (inChunk > 0) {
            endChunk();
        }
        return new Entry(path, Entry.Type.FILE, size, whole.hex(), chunks);
    }
}
