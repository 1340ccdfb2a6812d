package dev.verdict.scenario.steps;

import java.math.BigDecimal;

/// Reads amounts of bytes as a scenario says them: `64 MB`, `1.5 GiB`; also as a plan does: `64MB`.
final class Sizes {
    static final String PATTERN = "\\d+(?:\\.\\d+)? (?:B|bytes?|kB|KB|MB|GB|KiB|MiB|GiB)";

    private Sizes() {}

    static long parse(String words) {
        String[] parts = words.strip().split(" +|(?<=[0-9])(?=[A-Za-z])", 2);
        if (parts.length != 2 || !parts[0].matches("\\d+(?:\\.\\d+)?")) {
            throw new IllegalArgumentException("no amount of bytes: " + words + "; it is as 5MB or 1.5 GiB");
        }
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
