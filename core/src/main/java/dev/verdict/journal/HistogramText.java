package dev.verdict.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/// Writes a histogram as text and reads it back without loss: HdrHistogram's own compressed form in
/// Base64, as it stands in histogram logs, so that other tools read it too.
public final class HistogramText {
    /// Bounds what is read: some hundred times what any latency needs.
    private static final int LONGEST = 4 << 20;

    private HistogramText() {}

    /// Returns the text of a histogram; about a kilobyte for a second of latencies.
    public static String of(AbstractHistogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoCompressedByteBuffer(bytes, Deflater.BEST_SPEED);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    /// Reads such a text.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Histogram read(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a histogram of " + text.length() + " characters");
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            Histogram histogram = Histogram.decodeFromCompressedByteBuffer(bytes, 0);
            histogram.setAutoResize(true);
            return histogram;
        } catch (DataFormatException | IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new IllegalArgumentException("not the text of a histogram: " + e.getMessage(), e);
        }
    }
}
