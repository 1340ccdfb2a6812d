package dev.verdict.consistency.append;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Compares with the twins on very many histories, which show every phenomenon but the rarest.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class ManyAppendTwinsTest extends AppendTwinTest {
    @Override
    int histories() {
        return Integer.getInteger("twins.histories", 25_000);
    }

    @Override
    Phenomenon[] met() {
        return Arrays.stream(Phenomenon.values())
                .filter(phenomenon -> phenomenon != Phenomenon.G_NONADJACENT_REALTIME)
                .toArray(Phenomenon[]::new);
    }
}
