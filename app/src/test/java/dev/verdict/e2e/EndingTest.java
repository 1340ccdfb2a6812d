package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class EndingTest {
    @Test
    void steps_of_the_users_own_are_told_of_the_end(@TempDir Path root) throws Exception {
        PlanFolder.create(root)
                .plan(PlanFolder.ONE_SERVICE.replace(
                        "features: features/\n", "features: features/\n        glue: [example.farewell]\n"))
                .write(
                        "features/site.feature",
                        Features.PASSING.replace(
                                "  When GET \"/index",
                                "  Given somebody says goodbye at the end\n    When GET \"/index"));

        VerdictProcess.Ended ended = VerdictProcess.run(root, "run", ".");

        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.out()).contains("verdict: pass").contains("goodbye");
    }
}
