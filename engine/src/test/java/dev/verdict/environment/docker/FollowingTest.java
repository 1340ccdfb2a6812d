package dev.verdict.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowingTest {
    private final List<String> lines = new ArrayList<>();
    private final Following following = new Following(
            new ContainerOutput() {
                @Override
                public void accept(String stream, String line, long lost) {
                    lines.add(stream + " " + line);
                }

                @Override
                public void flush() {}

                @Override
                public List<String> last(int count) {
                    return List.of();
                }
            },
            false);

    private interface Taker {
        void take(String stream, byte[] buffer, int length);
    }

    private static void give(Taker taker, String stream, int nanos, String text) {
        byte[] message = "2026-11-25T23:00:00.%09dZ %s\n".formatted(nanos, text).getBytes(StandardCharsets.US_ASCII);
        taker.take(stream, message, message.length);
    }

    /// The engine's two writers may store what they read in another order than that of its times.
    @Test
    void what_came_out_of_order_does_not_come_again() {
        give(following::take, "out", 1, "life");
        give(following::take, "out", 3, "end");
        give(following::take, "err", 2, "more");

        assertThat(following.since()).isEqualTo("1795647600.000000001");
        give(following::takeAgain, "out", 1, "life");
        give(following::takeAgain, "out", 3, "end");
        give(following::takeAgain, "err", 2, "more");
        assertThat(lines).containsExactly("out life", "out end", "err more");
    }

    @Test
    void what_did_not_come_is_taken_also_if_it_is_older_or_of_the_same_time() {
        give(following::take, "out", 5, "a");
        give(following::take, "out", 7, "b");

        give(following::takeAgain, "out", 5, "a");
        give(following::takeAgain, "err", 6, "missed");
        give(following::takeAgain, "out", 7, "b");
        give(following::takeAgain, "out", 7, "b again");
        give(following::takeAgain, "out", 8, "c");
        assertThat(lines).containsExactly("out a", "out b", "err missed", "out b again", "out c");
    }

    @Test
    void after_many_messages_it_is_read_again_from_the_last_of_those_that_are_forgotten() {
        for (int i = 1; i <= 1000; i++) {
            give(following::take, "out", i, "line " + i);
        }
        assertThat(following.since()).isEqualTo("1795647600.000000936");
        for (int i = 936; i <= 1002; i++) {
            give(following::takeAgain, "out", i, "line " + i);
        }
        assertThat(lines).hasSize(1002).doesNotHaveDuplicates().endsWith("out line 1001", "out line 1002");
    }
}
