package dev.verdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuickHashTest {
    @TempDir
    Path folder;

    private static List<String> hash(Object... words) {
        List<String> args = new ArrayList<>(List.of("hash"));
        List.of(words).forEach(word -> args.add(word.toString()));
        return args;
    }

    private static String answer(List<String> args) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            QuickHash.answer(args, out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void it_answers_what_the_command_would() throws Exception {
        Path abc = Files.writeString(folder.resolve("abc"), "abc");
        Path odd = Files.writeString(folder.resolve("odd\nname"), "");
        Path some = folder.resolve("some");
        Files.writeString(Files.createDirectories(some.resolve("inside")).resolve("file"), "of a folder");
        Path link = Files.createSymbolicLink(folder.resolve("link"), abc);
        Path sums = folder.resolve("sums");

        String quick = answer(hash(abc, odd, some, link));

        // By `-o`, since only the whole command can do that.
        List<String> whole = hash(abc, odd, some, link, "-o", sums);
        StringWriter unused = new StringWriter();
        assertThat(Main.commandLine(whole)
                        .setErr(new java.io.PrintWriter(unused))
                        .execute(whole.toArray(String[]::new)))
                .isEqualTo(Exit.PASS);
        assertThat(quick)
                .isEqualTo(Files.readString(sums))
                .startsWith("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  " + abc + "\n");
    }

    @Test
    void anything_but_files_and_folders_is_for_the_command() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "a");

        assertThat(QuickHash.fits(hash(file, file))).isTrue();
        assertThat(QuickHash.fits(hash(folder))).isTrue();
        assertThat(QuickHash.fits(hash())).isFalse();
        assertThat(QuickHash.fits(hash(folder.resolve("nothing")))).isFalse();
        assertThat(QuickHash.fits(hash(file, "--manifest"))).isFalse();
        assertThat(QuickHash.fits(hash(file, "@" + file))).isFalse();
        assertThat(QuickHash.fits(hash("http://127.0.0.1:1/a"))).isFalse();
        assertThat(QuickHash.fits(List.of("generate", file.toString()))).isFalse();
    }
}
