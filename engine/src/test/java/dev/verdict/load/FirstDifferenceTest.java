package dev.verdict.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstDifferenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":{\"c\":[1,2]}}; {\"a\":1,\"b\":{\"c\":[1,3]}}; $.b.c[*]; 2, alone 3",
                "{\"a\":1}; {\"a\":1,\"b\":2}; $.b; nothing, alone 2",
                "{\"a\":1,\"b\":2}; {\"a\":1}; $.b; 2, alone nothing",
                "[1,2,3]; [1,2]; $; 3 entries, alone 2",
                "{\"a\":[1]}; {\"a\":\"1\"}; $.a; [1], alone \"1\"",
                "{\"a\":1, \"b\":2}; {\"b\":2, \"a\":1}; line 1, column 3; `'a\":1, \"b\":2}', alone 'b\":2, \"a\":1}'`",
                "abc; abd; line 1, column 3; 'c', alone 'd'",
                "ab; abd; line 1, column 3; '', alone 'd'",
            })
    void the_first_difference_is_found(String here, String alone, String place, String what) {
        assertThat(FirstDifference.between(here, alone)).isEqualTo(new FirstDifference(place, what));
    }
}
