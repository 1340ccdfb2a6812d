package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultWordsTest {
    @Test
    void the_words_of_a_command_line_are_a_plans_entry() {
        ScheduledFault fault = FaultWords.read("delay", "orders->stock", List.of("200ms", "jitter=50ms"), "1m");

        assertThat(fault).isEqualTo(ScheduledFault.parse("{for: 1min, delay: orders→stock, by: 200ms, jitter: 50ms}"));
        assertThat(FaultWords.read("httpBody", "stock", List.of("a $ and = b"), "")
                        .fault())
                .isEqualTo(new HttpFault.HttpBody("a $ and = b"));
        assertThat(FaultWords.read("partition", "a,b,c", List.of("into=halves"), ""))
                .isEqualTo(ScheduledFault.parse("{partition: [a, b, c], into: halves}"));
        assertThat(FaultWords.read("partition", "a,b,c", List.of("groups=a,b/c"), ""))
                .isEqualTo(ScheduledFault.parse("{partition: [a, b, c], groups: [[a, b], [c]]}"));
        assertThat(FaultWords.read("kill", "stock", List.of(), "500ms").lasting())
                .contains(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            dely  | stock |       | 'dely' is no kind of fault; did you mean 'delay'?
            delay | stock | 200   | '200' has no unit
            delay | stock |       | the key 'by' is missing beside 'delay'
            pause | stock | 5s    | '5s': write KEY=VALUE
            kill  | stock | x=5   | unknown key 'x'
            kill  | a→b   |       | 'a→b' is a link; this fault acts on a service
            """)
    void mistakes_are_told(String kind, String target, String word, String message) {
        List<String> words = word == null ? List.of() : List.of(word);

        assertThatThrownBy(() -> FaultWords.read(kind, target, words, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void every_kind_can_be_explained() {
        assertThat(FaultWords.kinds())
                .contains("kill", "delay", "partition")
                .allSatisfy(kind -> assertThat(FaultWords.help(kind)).isNotBlank());
        assertThat(FaultWords.help("delay")).startsWith("Delays what is sent. by=… [jitter=…] [shape=…]");
    }
}
