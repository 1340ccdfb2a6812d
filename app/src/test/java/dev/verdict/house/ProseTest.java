package dev.verdict.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Looks for what the compiler does not see in comments.
final class ProseTest {
    private static final int WIDTH = 100;
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TOD[O]|FIXM[E]|XX[X])\\b");

    @Test
    void java_comments_are_whole_narrow_and_finished() {
        assertThat(problems(".java")).isEmpty();
    }

    @Test
    void nothing_else_is_left_unfinished() {
        assertThat(Stream.of(".xml", ".yaml", ".feature", ".sh", ".md", ".css", ".js", ".html")
                        .flatMap(ending -> problems(ending).stream()))
                .isEmpty();
    }

    @Test
    void a_javadoc_that_a_formatter_cut_is_reported() {
        assertThat(problems("A.java", "    /// Says a lot and\n    // goes on.\n    void a() {}\n"))
                .containsExactly("A.java:2: `//` right after `///` is not part of the Javadoc");
    }

    @Test
    void a_comment_apart_from_the_javadoc_is_fine() {
        assertThat(problems("A.java", "    /// Says.\n    void a() {} // why\n    // and why\n"))
                .isEmpty();
    }

    @Test
    void a_wide_javadoc_is_reported() {
        String fits = "/// " + "x".repeat(WIDTH - 4);
        assertThat(problems("A.java", fits + "\n" + fits + "x\n"))
                .containsExactly("A.java:2: `///` goes beyond column 100, where a formatter would cut it");
    }

    @Test
    void unfinished_work_is_reported() {
        assertThat(problems("a.yaml", "a: 1\nb: 2 # TO" + "DO: three\n"))
                .containsExactly("a.yaml:2: unfinished: TO" + "DO");
        assertThat(problems("A.java", "// FIX" + "ME\n")).containsExactly("A.java:1: unfinished: FIX" + "ME");
    }

    private static List<String> problems(String ending) {
        Path root = Repository.root();
        return Repository.files(root, ending).stream()
                .flatMap(file -> problems(root.relativize(file).toString(), Repository.read(file)).stream())
                .toList();
    }

    private static List<String> problems(String file, String text) {
        List<String> problems = new ArrayList<>();
        boolean afterJavadoc = false;
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String place = file + ":" + number + ": ";
            String trimmed = line.strip();
            boolean javadoc = file.endsWith(".java") && trimmed.startsWith("///");
            if (afterJavadoc && !javadoc && trimmed.startsWith("//")) {
                problems.add(place + "`//` right after `///` is not part of the Javadoc");
            }
            if (javadoc && line.length() > WIDTH) {
                problems.add(place + "`///` goes beyond column 100, where a formatter would cut it");
            }
            UNFINISHED.matcher(line).results().forEach(found -> problems.add(place + "unfinished: " + found.group()));
            afterJavadoc = javadoc;
        }
        return problems;
    }
}
