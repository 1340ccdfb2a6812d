package dev.verdict.integrity;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Is a line of a file as `sha256sum` writes and reads them.
///
/// @param sha256 64 hexadecimal digits, in lower case
/// @param path as written, relative to where it was written
public record Sum(String sha256, String path) {
    /// `HEX  PATH`, with `*` before the path in binary mode; a `\` in front says that the path has
    /// `\\`, `\n` and `\r` escaped (GNU coreutils, "md5sum invocation").
    private static final Pattern LINE = Pattern.compile("(\\\\?)([0-9a-fA-F]{64}) [ *](.+)");

    /// `SHA256 (PATH) = HEX`, as with `--tag`, and as BSD's tools write it.
    private static final Pattern TAGGED = Pattern.compile("(\\\\?)SHA256 \\((.+)\\) = ([0-9a-fA-F]{64})");

    /// Reads the lines of such a file; empty ones and comments are passed over.
    ///
    /// @param file named in messages
    /// @throws IntegrityException that names the first line that is none
    public static List<Sum> read(String file, List<String> lines) {
        List<Sum> sums = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher plain = LINE.matcher(line);
            Matcher tagged = TAGGED.matcher(line);
            if (plain.matches()) {
                sums.add(sum(plain.group(1), plain.group(2), plain.group(3)));
            } else if (tagged.matches()) {
                sums.add(sum(tagged.group(1), tagged.group(3), tagged.group(2)));
            } else {
                throw new IntegrityException(
                        "%s:%d: this is neither a line of sha256sum nor a manifest".formatted(file, i + 1));
            }
        }
        return sums;
    }

    /// Returns sums as a manifest, to compare with.
    ///
    /// @throws IntegrityException if a path stands there twice
    public static Manifest manifest(List<Sum> sums) {
        return new Manifest(sums.stream()
                .map(sum -> new Entry(sum.path, Entry.Type.FILE, Entry.UNKNOWN, sum.sha256, List.of()))
                .toList());
    }

    private static Sum sum(String escaped, String hex, String path) {
        return new Sum(hex.toLowerCase(java.util.Locale.ROOT), escaped.isEmpty() ? path : unescape(path));
    }

    private static String unescape(String path) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\' && i + 1 < path.length()) {
                char next = path.charAt(++i);
                plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /// Writes the line, without its end.
    @Override
    public String toString() {
        String escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return (escaped.equals(path) ? "" : "\\") + sha256 + "  " + escaped;
    }
}
