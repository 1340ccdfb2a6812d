package dev.verdict.scenario.steps;

import java.math.BigDecimal;

/// Reads amounts of bytes as a scenario says them: `64 MB`, `1.5 GiB`.
final class Sizes {
    static final String PATTERN = "\\d+(?:\\.\\d+)? (?:B|bytes?|kB|KB|MB|GB|KiB|MiB|GiB)";

    private Sizes() {}

    static long parse(String words) {
        String[] parts = words.strip().split(" ", 2);
        long unit = switch (parts[1]) {
            case "B", "byte", "bytes" -> 1;
            case "kB", "KB" -> 1_000;
            case "MB" -> 1_000_000;
            case "GB" -> 1_000_000_000;
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            default -> throw new IllegalArgumentException("no unit of bytes: " + words);
        };
        return new BigDecimal(parts[0]).multiply(BigDecimal.valueOf(unit)).longValue();
    }
}
