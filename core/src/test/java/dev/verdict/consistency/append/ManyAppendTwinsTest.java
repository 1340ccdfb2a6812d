package dev.verdict.consistency.append;

import org.junit.jupiter.api.Tag;

/// Compares with the twins on very many histories, which show every phenomenon there is.
@Tag("slow")
final class ManyAppendTwinsTest extends AppendTwinTest {
    @Override
    int histories() {
        return 100_000;
    }

    @Override
    Phenomenon[] met() {
        return Phenomenon.values();
    }
}
