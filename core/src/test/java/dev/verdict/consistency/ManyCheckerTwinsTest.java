package dev.verdict.consistency;

import org.junit.jupiter.api.Tag;

/// Compares with the twins on very many histories.
@Tag("slow")
final class ManyCheckerTwinsTest extends CheckerTwinsTest {
    @Override
    int histories() {
        return 50_000;
    }
}
