package dev.verdict.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Is the status line and the headers of the response that a parser is reading. It is used again
/// for the next one, so whoever wants to keep something takes it while the parser shows it.
public final class ResponseHead {
    /// Stands for a length that is not known before the end.
    public static final long UNKNOWN = -1;

    private static final byte[] VERSION = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

    /// Is as long as `HTTP/1.1 200`.
    private static final int STATUS_END = VERSION.length + 5;

    private final FieldLines lines;
    private int status;
    private long length;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;

    ResponseHead(FieldLines lines) {
        this.lines = lines;
    }

    /// Returns the status, 100 to 999.
    public int status() {
        return status;
    }

    /// Returns what stands behind the status; empty if nothing does.
    public String reason() {
        int end = lines.firstLineEnd();
        return end > STATUS_END ? lines.text(STATUS_END + 1, end) : "";
    }

    /// Returns the headers.
    public Headers headers() {
        return lines.headers();
    }

    /// Returns the length that the header says, or [#UNKNOWN]; a response to HEAD says it without
    /// having a body.
    public long length() {
        return length;
    }

    boolean chunked() {
        return chunked;
    }

    /// Tells whether the other side keeps the connection open after this.
    boolean persistent() {
        boolean modern = lines.bytes()[VERSION.length] == '1';
        return !close && (modern || keepAlive) && !(chunked && length != UNKNOWN);
    }

    /// Throws if what has come so far cannot become a status line: nobody should wait for the rest
    /// of something that is not HTTP.
    void requireVersion() throws HttpFailure {
        int known = Math.min(lines.length(), VERSION.length);
        for (int i = 0; i < known; i++) {
            if (lines.bytes()[i] != VERSION[i]) {
                throw HttpFailure.malformed(
                        "no HTTP/1 response, but " + Characters.shown(lines.bytes(), 0, lines.length()));
            }
        }
    }

    /// Understands the lines, now that all are there.
    void parse() throws HttpFailure {
        length = UNKNOWN;
        chunked = false;
        close = false;
        keepAlive = false;
        status = statusOf(lines.firstLineEnd());
        lines.parse(1);
        for (int i = 0; i < lines.count(); i++) {
            if (lines.isNamed(i, "content-length")) {
                contentLength(i);
            } else if (lines.isNamed(i, "transfer-encoding")) {
                transferEncoding(lines.value(i));
            } else if (lines.isNamed(i, "connection")) {
                connection(i);
            }
        }
    }

    private int statusOf(int end) throws HttpFailure {
        byte[] bytes = lines.bytes();
        int minor = end < STATUS_END ? -1 : bytes[VERSION.length];
        boolean sound = (minor == '0' || minor == '1')
                && bytes[VERSION.length + 1] == ' '
                && (end == STATUS_END || bytes[STATUS_END] == ' ');
        int code = 0;
        for (int i = STATUS_END - 3; sound && i < STATUS_END; i++) {
            sound = bytes[i] >= '0' && bytes[i] <= '9';
            code = code * 10 + bytes[i] - '0';
        }
        if (!sound || code < 100) {
            throw HttpFailure.malformed("not a status line: " + Characters.shown(bytes, 0, end));
        }
        return code;
    }

    /// Takes `5`, and also `5, 5`: the same length twice does no harm (RFC 9110, section 8.6).
    private void contentLength(int field) throws HttpFailure {
        long plain = lines.number(field);
        if (plain >= 0 && length == UNKNOWN) {
            length = plain;
            return;
        }
        String value = lines.value(field);
        for (String part : value.split(",", -1)) {
            String digits = part.strip();
            boolean number =
                    !digits.isEmpty() && digits.length() <= 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            long said = number ? Long.parseLong(digits) : UNKNOWN;
            if (!number || (length != UNKNOWN && length != said)) {
                throw HttpFailure.malformed(
                        "Content-Length: " + value + (number ? ", but " + length + " before" : " is no length"));
            }
            length = said;
        }
    }

    private void transferEncoding(String value) throws HttpFailure {
        if (chunked || !value.equalsIgnoreCase("chunked")) {
            throw HttpFailure.malformed("Transfer-Encoding: " + value + " is not understood, only chunked is");
        }
        chunked = true;
    }

    private void connection(int field) {
        if (lines.isValue(field, "keep-alive")) {
            keepAlive = true;
            return;
        }
        String options = lines.value(field).toLowerCase(Locale.ROOT);
        close |= options.contains("close");
        keepAlive |= options.contains("keep-alive");
    }
}
