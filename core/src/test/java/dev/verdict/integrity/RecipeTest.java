package dev.verdict.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class RecipeTest {
    private static byte[] bytes(Recipe recipe, int buffer) {
        Recipe.Stream stream = recipe.new Stream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[buffer];
        for (int length = stream.next(part); length > 0; length = stream.next(part)) {
            all.write(part, 0, length);
        }
        return all.toByteArray();
    }

    /// By `head -c 100003 /dev/zero | openssl enc -aes-128-ctr -K … -iv 0… | sha256sum`, as the
    /// class says.
    @Test
    void the_bytes_are_those_that_openssl_makes() {
        Sha256 digest = new Sha256();
        byte[] made = bytes(new Recipe(100_003, 7), 4096);
        digest.update(made, 0, made.length);
        assertThat(digest.hex()).isEqualTo("c8e15b3f06c100c850c40d1f1cf11f6fd850332fac1d9bb33f730d54fb7fc488");
    }

    @Test
    void they_do_not_depend_on_the_buffer() {
        Recipe recipe = new Recipe(10_007, 42);
        assertThat(bytes(recipe, 1000)).isEqualTo(bytes(recipe, 4096)).hasSize(10_007);
    }

    @Test
    void another_seed_gives_other_bytes() {
        assertThat(bytes(new Recipe(64, 1), 64)).isNotEqualTo(bytes(new Recipe(64, 2), 64));
        assertThat(bytes(new Recipe(64, -1), 64)).isNotEqualTo(bytes(new Recipe(64, 1), 64));
    }

    @Test
    void no_two_blocks_are_alike_and_nothing_can_be_compressed() {
        byte[] made = bytes(new Recipe(1 << 20, 3), 1 << 16);
        Set<ByteBuffer> blocks = new HashSet<>();
        for (int at = 0; at < made.length; at += 16) {
            blocks.add(ByteBuffer.wrap(made, at, 16).slice());
        }
        assertThat(blocks).hasSize(made.length / 16);

        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(made);
        deflater.finish();
        assertThat(deflater.deflate(new byte[2 * made.length])).isGreaterThan(made.length);
        deflater.end();
    }

    @Test
    void nothing_is_nothing() {
        assertThat(bytes(new Recipe(0, 1), 16)).isEmpty();
    }
}
