package dev.verdict.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JournaledEvidenceTest {
    private final MemoryJournal journal = new MemoryJournal();
    private final List<byte[]> blobs = new ArrayList<>();
    private final JournaledEvidence evidence = new JournaledEvidence("s/a:1", journal, this::keep, () -> 3);

    @Test
    void an_observation_has_digest_and_size_of_its_content() {
        evidence.observed("http", "orders.http", "GET / → 200", "abc".getBytes(StandardCharsets.UTF_8));
        evidence.observed("service", "orders", "running", new byte[0]);

        assertThat(journal.all(Event.Observed.class))
                .containsExactly(
                        new Event.Observed(
                                "s/a:1",
                                3,
                                "http",
                                "orders.http",
                                "GET / → 200",
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                                3),
                        new Event.Observed("s/a:1", 3, "service", "orders", "running", "", 0));
        assertThat(blobs).isEmpty();
    }

    @Test
    void a_failed_check_is_journaled_and_thrown() {
        assertThatThrownBy(() -> evidence.check("status of GET /", 200, 500, false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("status of GET /: expected 200, but was 500");
        assertThat(journal.all(Event.Checked.class))
                .containsExactly(
                        new Event.Checked("s/a:1", 3, "status of GET /", "200", "500", false, Optional.empty()));
    }

    @Test
    void a_weak_check_says_why() {
        evidence.weakCheck("body", "anything", "x", true, "accepts everything");

        assertThat(journal.all(Event.Checked.class).getFirst().weakness()).contains("accepts everything");
    }

    @Test
    void long_values_are_shortened() {
        evidence.check("body", "x", "y".repeat(5_000), true);

        assertThat(journal.all(Event.Checked.class).getFirst().actual())
                .hasSize(2_000)
                .endsWith("…");
    }

    @Test
    void after_a_failure_the_last_contents_are_kept_and_no_more() {
        for (int i = 0; i < 5; i++) {
            evidence.observed("http", "s", "answer " + i, ("{" + i + "}").getBytes(StandardCharsets.UTF_8));
        }
        evidence.observed("file", "f", "big", new byte[300 << 10]);
        evidence.keepRecent();
        evidence.keepRecent();

        assertThat(journal.all(Event.Attached.class))
                .extracting(Event.Attached::name)
                .containsExactly("answer 3", "answer 4", "big (the first 256 KiB of 307200 bytes)");
        assertThat(journal.all(Event.Attached.class))
                .extracting(Event.Attached::mediaType)
                .containsExactly("application/json", "application/json", "text/plain");
        assertThat(blobs.getLast()).hasSize(256 << 10);
    }

    @Test
    void attachments_are_bounded() {
        byte[] large = new byte[33 << 20];
        evidence.attach("one", "image/png", large);

        assertThatThrownBy(() -> evidence.attach("two", "image/png", large)).hasMessageContaining("64 MiB");
        assertThat(blobs).hasSize(1);
    }

    @Test
    void nothing_is_taken_once_the_scenario_has_ended() {
        evidence.close();

        assertThatThrownBy(() -> evidence.check("a", 1, 1, true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> evidence.observed("a", "b", "c", new byte[0]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> evidence.attach("a", "b", new byte[0])).isInstanceOf(IllegalStateException.class);
        assertThat(journal.entries()).isEmpty();
    }

    private String keep(byte[] content) {
        blobs.add(content);
        return "blob";
    }
}
