package dev.verdict.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    private static final Recipe RECIPE = new Recipe(3_000_001, 9);

    @TempDir
    Path folder;

    private final Generator generator = new Generator();

    @Test
    void an_artifact_is_made_whole_and_kept_when_it_is_there() throws IOException {
        Path file = folder.resolve("below/model.bin");
        Generator.Artifact made = generator.make(RECIPE, file);
        assertThat(made.reused()).isFalse();
        assertThat(file).hasSize(3_000_001);
        assertThat(generator.mismatch(RECIPE, file)).isEmpty();
        assertThat(generator.make(RECIPE, file))
                .isEqualTo(new Generator.Artifact(file, 3_000_001, made.sha256(), true));
        assertThat(folder.resolve("below")).isDirectoryContaining(file::equals);
    }

    @Test
    void something_else_in_its_place_is_refused_and_stays() throws IOException {
        Path file = generator.make(RECIPE, folder.resolve("model.bin")).file();
        byte[] bytes = Files.readAllBytes(file);
        bytes[1_234_567] ^= 1;
        Files.write(file, bytes);
        assertThat(generator.mismatch(RECIPE, file)).isEqualTo(OptionalLong.of(1_234_567));
        assertThatThrownBy(() -> generator.make(RECIPE, file))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("it differs at byte 1234567");
        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void shorter_and_longer_files_differ_where_one_ends() throws IOException {
        Path file = generator.make(RECIPE, folder.resolve("model.bin")).file();
        assertThat(generator.mismatch(new Recipe(3_000_000, 9), file)).isEqualTo(OptionalLong.of(3_000_000));
        assertThat(generator.mismatch(new Recipe(3_000_002, 9), file)).isEqualTo(OptionalLong.of(3_000_001));
    }

    @Test
    void what_does_not_fit_on_the_disk_is_refused_before_a_byte_is_written() {
        assertThatThrownBy(() -> generator.make(new Recipe(1L << 60, 1), folder.resolve("huge")))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("do not fit on the disk");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void stopping_leaves_nothing() {
        generator.stop();
        assertThatThrownBy(() -> generator.make(RECIPE, folder.resolve("model.bin")))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("interrupted");
        assertThat(folder).isEmptyDirectory();
    }
}
