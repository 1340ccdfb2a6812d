package relay;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Is which part of an artifact is asked for, as RFC 9110, section 14, has it: one range.
///
/// @param to the byte behind the last
record Range(long from, long to) {
    private static final Pattern HEADER = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    static Range of(String header, long size) throws IOException {
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches() || (matcher.group(1) + matcher.group(2)).isEmpty()) {
            throw new Http.Refused(416, "no range that is understood: " + header);
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
        long to = first.isEmpty() || last.isEmpty() ? size : Math.min(size, Long.parseLong(last) + 1);
        if (from >= to) {
            throw new Http.Refused(416, "of " + size + " bytes there is no " + header);
        }
        return new Range(from, to);
    }
}
