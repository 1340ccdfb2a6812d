package dev.verdict.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.integrity.IntegrityException;
import dev.verdict.journal.Event.ArtifactReady;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.plan.Artifact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactsTest {
    private static final Artifact MODEL = new Artifact("model", 1_000_003, 7, 1);

    @TempDir
    Path directory;

    private final MemoryJournal journal = new MemoryJournal();

    private Artifacts artifacts(Path runs) {
        return new Artifacts(runs.resolve("artifacts"), runs, journal);
    }

    @Test
    void an_artifact_is_made_once_and_compared_afterwards() throws IOException {
        Map<String, String> facts = artifacts(directory).make(List.of(MODEL));
        Path file = Path.of(facts.getOrDefault("artifact.model.path", ""));
        assertThat(file).hasSize(1_000_003);
        assertThat(facts).containsEntry("artifact.model.size", "1000003");
        assertThat(artifacts(directory).make(List.of(MODEL))).isEqualTo(facts);
        assertThat(journal.all(ArtifactReady.class))
                .extracting(ArtifactReady::reused)
                .containsExactly(false, true);
        assertThat(journal.all(ArtifactReady.class).getFirst().sha256()).isEqualTo(facts.get("artifact.model.sha256"));
    }

    @Test
    void what_was_written_into_is_made_anew() throws IOException {
        Map<String, String> facts = artifacts(directory).make(List.of(MODEL));
        Path file = Path.of(facts.getOrDefault("artifact.model.path", ""));
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[500_000] ^= 1;
        Files.write(file, damaged);
        assertThat(artifacts(directory).make(List.of(MODEL))).isEqualTo(facts);
        assertThat(file).hasBinaryContent(whole);
        assertThat(journal.all(ArtifactReady.class).getLast().reused()).isFalse();
    }

    @Test
    void what_does_not_fit_with_its_copies_is_refused_before_a_byte_is_written() throws IOException {
        Artifact large = new Artifact("large", 1L << 40, 1, 1000);
        assertThatThrownBy(() -> artifacts(directory).make(List.of(large)))
                .isInstanceOf(IntegrityException.class)
                .hasMessageStartingWith("the artifacts need 1,099,511,627,776 bytes and ")
                .hasMessageContaining("more for their copies: ")
                .hasMessageContaining("are free");
        assertThat(files()).isEmpty();
    }

    /// A disk of its own shows what makes room; mounting one takes root.
    @Tag("slow")
    @Test
    void old_artifacts_of_others_make_room() throws Exception {
        long free = (64L << 20) + 4_000_000; // what stays free, and a little
        mount("mount", "-t", "tmpfs", "-o", "size=" + free, "small", directory.toString());
        try {
            Artifact old = new Artifact("old", 1_500_000, 1, 0);
            Artifact young = new Artifact("young", 1_500_000, 2, 0);
            artifacts(directory).make(List.of(old, young));
            Artifact wanted = new Artifact("wanted", 2_000_000, 3, 0);
            assertThatThrownBy(() -> artifacts(directory).make(List.of(wanted)))
                    .as("both may still be in use")
                    .isInstanceOf(IntegrityException.class);
            Files.setLastModifiedTime(
                    directory.resolve("artifacts/1500000-1.bin"),
                    FileTime.from(Instant.now().minus(Duration.ofDays(1))));
            artifacts(directory).make(List.of(wanted));
            assertThat(files()).containsExactlyInAnyOrder("1500000-2.bin", "2000000-3.bin");
        } finally {
            mount("umount", directory.toString());
        }
    }

    private static void mount(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(process.waitFor())
                .as(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("artifacts"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
