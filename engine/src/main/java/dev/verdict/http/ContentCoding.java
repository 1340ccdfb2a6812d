package dev.verdict.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Undoes the codings that a body was sent in (RFC 9110, section 8.4.1).
final class ContentCoding {
    private ContentCoding() {}

    /// Returns the content of a body.
    ///
    /// @param codings in the order in which they were applied
    /// @param limit of the bytes, decoded
    static byte[] decode(byte[] body, List<String> codings, long limit) throws HttpFailure {
        byte[] content = body;
        for (String coding : codings.reversed()) {
            content = switch (coding.toLowerCase(Locale.ROOT)) {
                case "", "identity" -> content;
                case "gzip", "x-gzip", "deflate" -> inflated(content, coding, limit);
                default -> throw HttpFailure.malformed("Content-Encoding: " + coding + " is not understood");
            };
        }
        return content;
    }

    private static byte[] inflated(byte[] coded, String coding, long limit) throws HttpFailure {
        if (coded.length == 0) {
            return coded;
        }
        int most = (int) Math.min(limit, Integer.MAX_VALUE - 16);
        try (InputStream in = reader(coded, coding)) {
            byte[] content = in.readNBytes(most);
            if (in.read() >= 0) {
                throw HttpFailure.tooLarge("the body has more than " + most + " bytes, decoded");
            }
            return content;
        } catch (HttpFailure e) {
            throw e;
        } catch (IOException e) {
            String start =
                    Characters.shown(Arrays.copyOf(coded, Math.min(coded.length, 16)), 0, Math.min(coded.length, 16));
            throw new HttpFailure(
                    HttpFailure.Kind.MALFORMED,
                    "the body is not " + coding + " as its header says: " + start + " (" + e.getMessage() + ")",
                    e);
        }
    }

    private static InputStream reader(byte[] coded, String coding) throws IOException {
        InputStream in = new ByteArrayInputStream(coded);
        return coding.equalsIgnoreCase("deflate")
                ? new InflaterInputStream(in, new Inflater(!hasZlibHeader(coded)))
                : new GZIPInputStream(in);
    }

    /// Tells zlib's format, which the word means, from bare deflate, which some send (RFC 1950).
    private static boolean hasZlibHeader(byte[] coded) {
        return coded.length > 1 && (coded[0] & 0x0F) == 8 && ((coded[0] & 0xFF) << 8 | (coded[1] & 0xFF)) % 31 == 0;
    }
}
