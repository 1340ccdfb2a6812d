package dev.verdict.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

class RedactorTest {
    private static final String ALPHABET = "aZ09+/=\"\\\n\t\u0001 &%~*-_é€😀";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String secret(Random random) {
        int[] letters = ALPHABET.codePoints().toArray();
        var secret = new StringBuilder("s");
        for (int i = 0, length = 3 + random.nextInt(20); i < length; i++) {
            secret.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return secret.append('e').toString();
    }

    /// The ways in which others write a secret: by libraries that are not Verdict's.
    private static List<String> written(String secret) {
        String json = JsonMapper.shared().writeValueAsString(secret);
        String ascii = JsonMapper.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .build()
                .writeValueAsString(secret);
        String twice = JsonMapper.shared().writeValueAsString(json.substring(1, json.length() - 1));
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return List.of(
                secret,
                json.substring(1, json.length() - 1),
                ascii.substring(1, ascii.length() - 1),
                twice.substring(1, twice.length() - 1),
                url,
                url.replace("+", "%20"),
                Base64.getEncoder().encodeToString(utf8(secret)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(secret)));
    }

    @Test
    void a_secret_is_replaced_however_it_is_written() {
        for (int seed = 0; seed < 300; seed++) {
            String secret = secret(new Random(seed));
            Redactor redactor = Redactor.of(List.of(secret));
            for (String form : written(secret)) {
                assertThat(redactor.redact("<" + form + "|" + form + ">"))
                        .as("%s as %s", secret, form)
                        .isEqualTo("<***|***>");
                assertThat(redactor.redact(utf8("<" + form + ">"))).isEqualTo(utf8("<***>"));
            }
        }
    }

    @Test
    void basic_authorization_does_not_give_the_password_away() {
        Redactor redactor = Redactor.of(List.of("hunter2hunter2"));
        for (String user : List.of("", "a", "ab", "abc", "abcd")) {
            byte[] content = utf8(user + ":hunter2hunter2");
            String header = Base64.getEncoder().encodeToString(content);
            String redacted = redactor.redact("Basic " + header);
            assertThat(redacted).contains("***");
            // At most the two characters at each edge, which hold bits of neighbours, are left.
            assertThat(redacted.substring(redacted.indexOf("***") + 3).length()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void overlapping_secrets_leave_no_rest() {
        Redactor redactor = Redactor.of(List.of("abcdef", "defghi", "cde"));
        assertThat(redactor.redact("1abcdefghi2")).isEqualTo("1***2");
        assertThat(redactor.redact("abcde")).isEqualTo("ab***");
        assertThat(redactor.redact("abcdefabcdef")).isEqualTo("******");
    }

    @Test
    void each_long_line_of_a_secret_file_is_a_secret() {
        Redactor redactor = Redactor.of(List.of("-----BEGIN KEY-----\nMIIEvQIBADAN\nshort\n-----END KEY-----\n"));
        assertThat(redactor.redact("12:00 MIIEvQIBADAN short")).isEqualTo("12:00 *** short");
    }

    @Test
    void a_secret_with_a_line_end_is_also_one_without() {
        assertThat(Redactor.of(List.of("token\n")).redact("a token b")).isEqualTo("a *** b");
    }

    @Test
    void what_holds_no_secret_is_left_as_it_is() {
        byte[] binary = new byte[256];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) i;
        }
        Redactor redactor = Redactor.of(List.of("token"));
        assertThat(redactor.redact(binary)).isSameAs(binary);
        assertThat(redactor.redact("toke ntoken".substring(0, 6))).isEqualTo("toke n");
        assertThat(Redactor.NONE.redact("token")).isEqualTo("token");
    }

    @Test
    void a_value_that_is_too_short_is_refused() {
        assertThat(Redactor.refuses("ab")).isTrue();
        assertThat(Redactor.refuses("    ")).isTrue();
        assertThat(Redactor.refuses("abc")).isFalse();
        assertThatThrownBy(() -> Redactor.of(List.of("long enough", "ab")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3 characters");
    }
}
