package dev.verdict.scenario.steps;

import dev.verdict.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Is what a noun stood for when it was looked at.
sealed interface Content {
    /// Bounds what is taken into memory: 64 MiB.
    long MAX_BYTES = 64L << 20;

    /// Bounds what is shown of a content in a message, in characters.
    int MAX_SHOWN = 1_000;

    /// Was not there.
    ///
    /// @param why as it reads after "was": `absent in {…}`
    record Absent(String why) implements Content {}

    /// Could not be looked into, so that nothing in it can be called absent either.
    ///
    /// @param why as it reads after "was": `not JSON: …`, `a folder`
    record Unreadable(String why) implements Content {}

    /// Was bytes, mostly text.
    @SuppressWarnings("ArrayRecordComponent") // read and passed on, never compared
    record Raw(byte[] bytes) implements Content {}

    /// Was a file too large for memory.
    record Large(Path path, long size) implements Content {}

    /// Was a value in JSON, or a number.
    ///
    /// @param found false if a path that can find several values found none
    record Node(JsonNode value, boolean found) implements Content {}

    static Content of(String text) {
        return new Raw(text.getBytes(StandardCharsets.UTF_8));
    }

    static Content of(JsonNode json) {
        return new Node(json, true);
    }

    /// Returns what a JSON path finds in it.
    default Content at(String path) {
        if (this instanceof Absent || this instanceof Unreadable) {
            return this;
        }
        Optional<JsonNode> root = json();
        if (root.isEmpty()) {
            return new Unreadable("not JSON: " + shown());
        }
        return Json.at(root.get(), path)
                .<Content>map(node -> new Node(node, !(Json.findsSeveral(path) && node.isEmpty())))
                .orElseGet(() -> new Absent("absent in " + shown()));
    }

    /// Says whether it is there at all.
    default boolean present() {
        return switch (this) {
            case Absent _, Unreadable _ -> false;
            case Node node -> node.found();
            case Raw _, Large _ -> true;
        };
    }

    /// Returns its text without the line's end behind it; of a JSON string its characters.
    default String text() {
        return switch (this) {
            case Absent _, Unreadable _ -> "";
            case Raw raw -> withoutLastLineEnd(new String(raw.bytes(), StandardCharsets.UTF_8));
            case Large large -> throw tooLarge(large);
            case Node node ->
                node.value().isString()
                        ? node.value().stringValue()
                        : node.value().toString();
        };
    }

    /// Returns it as JSON, or nothing if it is none.
    default Optional<JsonNode> json() {
        return switch (this) {
            case Absent _, Unreadable _ -> Optional.empty();
            case Raw _, Large _ -> Json.parse(text());
            case Node node -> Optional.of(node.value());
        };
    }

    /// Returns it as a number, or nothing if it is none.
    default Optional<BigDecimal> number() {
        if (this instanceof Node node && !node.value().isNumber()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text().strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Returns the number of its bytes.
    default long size() {
        return switch (this) {
            case Absent _, Unreadable _ -> 0;
            case Raw raw -> raw.bytes().length;
            case Large large -> large.size();
            case Node _ -> text().getBytes(StandardCharsets.UTF_8).length;
        };
    }

    /// Returns the SHA-256 of its bytes in hexadecimal.
    default String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(open(), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private InputStream open() throws IOException {
        return switch (this) {
            case Absent _, Unreadable _ -> InputStream.nullInputStream();
            case Raw raw -> new ByteArrayInputStream(raw.bytes());
            case Large large -> Files.newInputStream(large.path());
            case Node _ -> new ByteArrayInputStream(text().getBytes(StandardCharsets.UTF_8));
        };
    }

    /// Returns it for a message, shortened.
    default String shown() {
        return switch (this) {
            case Absent absent -> absent.why();
            case Unreadable unreadable -> unreadable.why();
            case Raw raw -> raw.bytes().length == 0 ? "empty" : shorten(text());
            case Large large -> large.size() + " bytes";
            case Node node -> shorten(node.value().toString());
        };
    }

    static String shorten(String text) {
        return text.length() <= MAX_SHOWN
                ? text
                : text.substring(0, MAX_SHOWN) + "… (" + text.length() + " characters)";
    }

    private static String withoutLastLineEnd(String text) {
        String shorter = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return shorter.endsWith("\r") ? shorter.substring(0, shorter.length() - 1) : shorter;
    }

    private static IllegalStateException tooLarge(Large large) {
        return new IllegalStateException(large.path() + " has " + large.size() + " bytes: of more than " + MAX_BYTES
                + " bytes only size and SHA-256 can be checked");
    }
}
