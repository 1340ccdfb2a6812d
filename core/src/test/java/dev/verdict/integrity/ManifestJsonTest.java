package dev.verdict.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestJsonTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final Manifest MANIFEST = new Manifest(List.of(
            new Entry("b \"quoted\"\nname", Entry.Type.FILE, 3, ABC, List.of(ABC)),
            Entry.link("a", "b"),
            new Entry("socket", Entry.Type.OTHER, 0, "", List.of())));

    @TempDir
    Path folder;

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("m.json"), text);
    }

    @Test
    void what_is_written_is_read_again() throws IOException {
        assertThat(ManifestJson.read(written(ManifestJson.write(MANIFEST)))).isEqualTo(MANIFEST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "size" : 3             | "size" : 4             | was changed after it was written
            "size" : 3             | "size" : 3000000       | entry 1
            "sha256" : "ba7816     | "sha256" : "BA7816     | is not whole
            "manifest" : 1         | "manifest" : 2         | is no manifest
            "type" : "link"        | "type" : "door"        | it is file, link or other
            "path" : "socket"      | "path" : "a"           | 'a' stands twice
            {                      | [                      | is no JSON
            """)
    void what_is_damaged_is_refused(String from, String to, String message) throws IOException {
        String text = ManifestJson.write(MANIFEST);
        // Entries are sorted: the link comes first.
        String sorted = message.equals("entry 1") ? text.replaceFirst("\"size\" : 1", "\"size\" : -1") : text;
        String damaged = sorted.replaceFirst(java.util.regex.Pattern.quote(from), to);
        assertThat(damaged).isNotEqualTo(text);
        assertThatThrownBy(() -> ManifestJson.read(written(damaged)))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining(message);
    }
}
