package dev.verdict.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
    @TempDir
    Path root;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_content_is_kept_once_under_its_digest() throws Exception {
        var blobs = new Blobs(root.resolve("blobs"), Redactor.NONE);
        String digest = blobs.put(utf8("abc"));
        assertThat(digest).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(blobs.put(utf8("abc"))).isEqualTo(digest);
        assertThat(Files.readAllBytes(blobs.path(digest))).isEqualTo(utf8("abc"));
        try (var files = Files.list(root.resolve("blobs"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void the_same_content_from_many_threads_is_kept_once_and_whole() throws Exception {
        var blobs = new Blobs(root, Redactor.NONE);
        byte[] content = utf8("x".repeat(300_000));
        List<String> digests = IntStream.range(0, 32)
                .parallel()
                .mapToObj(i -> blobs.put(content))
                .distinct()
                .toList();
        assertThat(digests).hasSize(1);
        assertThat(blobs.path(digests.getFirst())).hasSize(300_000);
        try (var files = Files.list(root)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_secret_is_not_kept() {
        var blobs = new Blobs(root, Redactor.of(List.of("token")));
        assertThat(blobs.path(blobs.put(utf8("a token b")))).hasContent("a *** b");
    }

    @Test
    void too_large_a_content_is_refused() {
        var blobs = new Blobs(root, Redactor.NONE);
        assertThatThrownBy(() -> blobs.put(new byte[Blobs.MAX_SIZE + 1]))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("too large");
    }

    @Test
    void a_content_that_cannot_be_written_is_an_error() throws Exception {
        Path file = Files.writeString(root.resolve("file"), "");
        assertThatThrownBy(() -> new Blobs(file, Redactor.NONE).put(utf8("abc")))
                .isInstanceOf(JournalException.class);
    }
}
