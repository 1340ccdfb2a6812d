package dev.verdict.scenario.steps;

import dev.verdict.scenario.Evidence;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Journals what steps read. While one check looks again and again, what did not change since the
/// last look is journaled once.
final class Observer {
    private final Evidence evidence;
    private @Nullable Seen last;

    Observer(Evidence evidence) {
        this.evidence = evidence;
    }

    /// Forgets the last look: what comes is news, whatever it is.
    void fresh() {
        last = null;
    }

    void seen(String kind, String source, String summary, byte[] content) {
        Seen now = new Seen(kind, source, summary, content);
        if (last == null || !now.same(last)) {
            evidence.observed(kind, source, summary, content);
        }
        last = now;
    }

    @SuppressWarnings("ArrayRecordComponent") // read and passed on, never compared
    private record Seen(String kind, String source, String summary, byte[] content) {
        boolean same(Seen other) {
            return kind.equals(other.kind)
                    && source.equals(other.source)
                    && summary.equals(other.summary)
                    && Arrays.equals(content, other.content);
        }
    }
}
