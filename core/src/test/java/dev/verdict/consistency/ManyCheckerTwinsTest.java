package dev.verdict.consistency;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Compares with the twins on very many histories.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class ManyCheckerTwinsTest {
    private static final int MANY = Integer.getInteger("twins.histories", 3_000);

    @Nested
    final class Sets extends SetTwinsTest {
        @Override
        int histories() {
            return MANY;
        }
    }

    @Nested
    final class Queues extends QueueTwinsTest {
        @Override
        int histories() {
            return MANY;
        }
    }

    @Nested
    final class Counters extends CounterTwinsTest {
        @Override
        int histories() {
            return MANY;
        }
    }

    @Nested
    final class Sessions extends SessionTwinsTest {
        @Override
        int histories() {
            return MANY;
        }
    }
}
