package dev.verdict.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.integrity.Digester.Depth;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigesterTest {
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    private final Digester digester = new Digester();

    @AfterEach
    void close() {
        digester.close();
    }

    private Path file(String name, Recipe recipe) throws IOException {
        return new Generator().make(recipe, folder.resolve(name)).file();
    }

    private Path text(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void flip(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = java.nio.ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 1)).rewind();
            channel.write(one, at);
        }
    }

    /// Examples of FIPS 180-4.
    @Test
    void digests_are_those_of_the_standard() throws Exception {
        text("a/abc", "abc");
        text("empty", "");
        assertThat(digester.manifest(folder, Depth.BOTH).entries())
                .containsExactly(
                        new Entry("a/abc", Entry.Type.FILE, 3, ABC, List.of(ABC)),
                        new Entry("empty", Entry.Type.FILE, 0, EMPTY, List.of()));
    }

    @Test
    void a_file_alone_is_named_by_its_name_and_a_link_by_where_it_leads() throws Exception {
        Path abc = text("abc", "abc");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("abc"));
        assertThat(digester.manifest(abc, Depth.WHOLE).entries())
                .containsExactly(new Entry("abc", Entry.Type.FILE, 3, ABC, List.of()));
        assertThat(digester.manifest(folder, Depth.WHOLE).entries())
                .contains(new Entry("link", Entry.Type.LINK, 3, ABC, List.of()));
    }

    @Test
    void chunks_come_in_order_from_all_segments() throws Exception {
        int size = 66 * Manifest.CHUNK + 17;
        Path large = file("large", new Recipe(size, 5));
        StreamDigest stream = new StreamDigest();
        try (var in = Files.newInputStream(large)) {
            in.transferTo(stream);
        }
        Entry expected = stream.entry("large");
        assertThat(expected.chunks()).hasSize(67).doesNotHaveDuplicates();
        assertThat(digester.manifest(large, Depth.BOTH).entries()).containsExactly(expected);
        assertThat(digester.digested()).isEqualTo(2L * size);
    }

    @Test
    void a_flipped_bit_is_placed() throws Exception {
        Path large = file("large", new Recipe(5 * Manifest.CHUNK + 100, 5));
        Manifest before = digester.manifest(large, Depth.BOTH);
        flip(large, 2L * Manifest.CHUNK + 7);
        flip(large, 5L * Manifest.CHUNK + 99);
        for (Depth depth : List.of(Depth.BOTH, Depth.CHUNKS)) {
            assertThat(Comparison.of(before, digester.manifest(large, depth)))
                    .singleElement()
                    .extracting(Difference::text)
                    .isEqualTo("large was changed (5,242,980 bytes): it differs within bytes 2097152 to 3145727,"
                            + " 5242880 to 5242979");
        }
        assertThat(Comparison.of(before, digester.manifest(large, Depth.WHOLE))).hasSize(1);
    }

    @Test
    void what_was_swapped_cut_added_or_taken_away_is_told() throws Exception {
        Path large = file("large", new Recipe(3 * Manifest.CHUNK, 5));
        text("gone", "abc");
        text("moved", "abc");
        Manifest before = digester.manifest(folder, Depth.BOTH);
        assertThat(Comparison.of(before, before)).isEmpty();

        Files.delete(folder.resolve("gone"));
        Files.move(folder.resolve("moved"), folder.resolve("new"));
        try (FileChannel channel = FileChannel.open(large, StandardOpenOption.WRITE)) {
            channel.truncate(2L * Manifest.CHUNK + 1);
        }
        assertThat(Comparison.of(before, digester.manifest(folder, Depth.BOTH)))
                .containsExactly(
                        new Difference.Removed("gone", 3),
                        new Difference.Changed(
                                "large",
                                3L * Manifest.CHUNK,
                                2L * Manifest.CHUNK + 1,
                                List.of(new Difference.Range(2L * Manifest.CHUNK, 2L * Manifest.CHUNK + 1))),
                        new Difference.Removed("moved", 3),
                        new Difference.Added("new", 3));
    }

    @Test
    void a_file_that_cannot_be_read_is_an_error() {
        assertThatThrownBy(() -> digester.manifest(folder.resolve("none"), Depth.WHOLE))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
    }

    @Test
    void files_of_a_list_that_are_missing_are_left_out() throws Exception {
        Path abc = text("abc", "abc");
        assertThat(digester.manifest(Map.of("x", abc, "y", folder.resolve("none")), Depth.WHOLE)
                        .entries())
                .extracting(Entry::path)
                .containsExactly("x");
    }
}
