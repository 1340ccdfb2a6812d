package dev.verdict.consistency;

/// Is a number or text that a checker came to know of a history, as `lost` and 3.
///
/// @param name what it is, in lower case words with hyphens
public record Fact(String name, String value) {
    public Fact(String name, long value) {
        this(name, String.valueOf(value));
    }
}
