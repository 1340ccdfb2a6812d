package dev.verdict.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a plan file's text, within bounds.
final class PlanFile {
    static final int MAX_BYTES = 1 << 20;

    private PlanFile() {}

    /// Returns the file's text without its byte order mark.
    ///
    /// @throws PlanException if there is no such file, it is too large, or it is not UTF-8
    static String text(Path file) {
        Position start = new Position(file.toString(), 1, 1);
        if (Files.isDirectory(file)) {
            throw Yaml.refuse(start, "is a folder; a plan file is needed, as " + file.resolve("verdict.yaml"));
        }
        if (!Files.exists(file)) {
            throw Yaml.refuse(start, "no such file; `verdict init` writes a plan to start from");
        }
        try (var input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Yaml.refuse(start, "larger than 1 MiB, the most that a plan may have");
            }
            return decode(bytes, file.toString());
        } catch (IOException e) {
            throw Yaml.refuse(start, "cannot be read: " + e.getMessage());
        }
    }

    private static String decode(byte[] bytes, String file) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer characters = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), characters, true);
        String text = characters.flip().toString();
        if (result.isError()) {
            Position position = position(file, text, text.codePointCount(0, text.length()));
            throw Yaml.refuse(position, "not UTF-8; a plan is written in UTF-8");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /// Returns the line and column of the character after `codePoints` others.
    static Position position(String file, String text, int codePoints) {
        int known = text.codePointCount(0, text.length());
        String before = text.substring(0, text.offsetByCodePoints(0, Math.min(known, codePoints)));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        String last = before.substring(before.lastIndexOf('\n') + 1);
        return new Position(file, line, last.codePointCount(0, last.length()) + 1);
    }
}
