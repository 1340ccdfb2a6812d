package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanReferenceTest {
    private static final Path COMMITTED = Path.of("..", "docs", "plan.md");

    @TempDir
    Path folder;

    @Test
    void the_committed_reference_is_current() throws IOException {
        if (Boolean.getBoolean("verdict.write")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, PlanReference.markdown());
        }
        assertThat(Files.readString(COMMITTED))
                .as("docs/plan.md is stale; its first lines say how to write it anew")
                .isEqualTo(PlanReference.markdown());
    }

    @Test
    void its_examples_are_plans() throws IOException {
        for (String place : new String[] {"features", "site"}) {
            Files.createDirectories(folder.resolve(place));
        }
        List<String> examples = new ArrayList<>();
        Matcher matcher = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(PlanReference.markdown());
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        PlanReader.Options options =
                new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of("NOTES_TOKEN", "s3cret"));

        assertThat(examples).hasSize(2);
        for (String example : examples) {
            Path file = Files.writeString(folder.resolve("verdict.yaml"), example);
            List<ResolvedPlan> plans = PlanReader.read(file, options);
            assertThat(plans).isNotEmpty();
            assertThat(plans.getFirst().canonical()).doesNotContain("s3cret");
            assertThat(PlanSchemaTest.errors(example)).isEmpty();
        }
    }

    @Test
    void every_key_of_the_reader_is_in_it() {
        String text = PlanReference.markdown();
        for (Shape<?> shape : List.of(
                PlanKeys.ROOT,
                PlanKeys.SYSTEM,
                PlanKeys.PHASE,
                PlanKeys.SUITE,
                ServiceKeys.SERVICE,
                ServiceKeys.PORT,
                ReadyKeys.READY,
                ContainerKeys.COMPOSE,
                ContainerKeys.BUILD,
                ServiceKeys.STOP,
                ServiceKeys.LIMITS,
                Secrets.FROM_FILE)) {
            assertThat(text).contains("### " + shape.name() + "\n");
            shape.keys().forEach(key -> assertThat(text).contains("| `" + key.name() + "` | " + key.doc()));
        }
    }
}
