package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValueStepsTest {
    @TempDir
    Path folder;

    private List<Event.ValueReported> reported(String... steps) throws Exception {
        return new Script(folder).run(steps).passed().journal().all(Event.ValueReported.class);
    }

    @Test
    void values_are_reported_with_their_units() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{\"rate\": 0.93, \"took\": 12.5}");
        List<Event.ValueReported> values = reported(
                "When the file \"a.json\" at \"$.rate\" is reported as \"hit rate\"",
                "And the file \"a.json\" at \"$.took\" is saved as \"took\"",
                "And the value \"${took} MB/s\" is reported as \"speed\"",
                "And the value \"3732490.8378901985\" is reported as \"exact\"",
                "And the value \"-1.5E-3\" is reported as \"small\"",
                "Then the file \"a.json\" at \"$.rate\" is 0.93");
        assertThat(values)
                .extracting(Event.ValueReported::name, Event.ValueReported::value, Event.ValueReported::unit)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("hit rate", 0.93, "COUNT"),
                        org.assertj.core.groups.Tuple.tuple("speed", 12.5e6, "BYTE_RATE"),
                        org.assertj.core.groups.Tuple.tuple("exact", 3732490.8378901985, "COUNT"),
                        org.assertj.core.groups.Tuple.tuple("small", -0.0015, "COUNT"));
    }

    @Test
    void a_clock_reports_how_long_it_ran() throws Exception {
        List<Event.ValueReported> values = reported(
                "Given the clock \"wait\" starts",
                "When the command \"sleep 0.2\" is run",
                "And the clock \"wait\" stops",
                "Then the exit code is 0");
        assertThat(values).hasSize(1);
        assertThat(values.getFirst().unit()).isEqualTo("TIME");
        assertThat(values.getFirst().value()).isBetween(0.2e9, 20e9);
    }

    @Test
    void what_is_no_quantity_or_never_started_fails() throws Exception {
        new Script(folder).run("When the value \"soon\" is reported as \"x\"").broke("'soon' is not a quantity");
        new Script(folder).run("When the clock \"x\" stops").broke("start it first");
    }
}
