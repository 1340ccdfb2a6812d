package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void a_slip_of_the_fingers_is_recognised() {
        List<String> names = List.of("command", "ready", "needs", "ports");

        assertThat(Nearest.to("comand", names)).contains("command");
        assertThat(Nearest.to("Commadn", names)).contains("command");
        assertThat(Nearest.to("raedy", names)).contains("ready");
        assertThat(Nearest.to("need", names)).contains("needs");
    }

    @Test
    void what_is_nothing_alike_has_no_suggestion() {
        assertThat(Nearest.to("volumes", List.of("command", "ready"))).isEmpty();
        assertThat(Nearest.to("b", List.of("a"))).isEmpty();
        assertThat(Nearest.to("", List.of("a"))).isEmpty();
        assertThat(Nearest.to("x".repeat(5000), List.of("x".repeat(4999)))).isEmpty();
    }

    /// Answers the same question by the definition, in exponential time.
    private static int slowly(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        int wrong = a.charAt(0) == b.charAt(0) ? 0 : 1;
        int least = Math.min(
                wrong + slowly(a.substring(1), b.substring(1)),
                1 + Math.min(slowly(a.substring(1), b), slowly(a, b.substring(1))));
        boolean swapped = a.length() > 1 && b.length() > 1 && a.charAt(0) == b.charAt(1) && a.charAt(1) == b.charAt(0);
        return swapped ? Math.min(least, 1 + slowly(a.substring(2), b.substring(2))) : least;
    }

    @Test
    void the_distance_is_that_of_the_definition() {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            String a = word(random);
            String b = word(random);
            assertThat(Nearest.distance(a, b)).as("%s, %s", a, b).isEqualTo(slowly(a, b));
        }
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            word.append("abc".charAt(random.nextInt(3)));
        }
        return word.toString();
    }
}
