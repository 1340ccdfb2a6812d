package dev.verdict.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verdict.http.HttpLimits;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Asks a real nginx, whose certificate an authority of openssl's has signed.
@Tag("slow")
@Timeout(60)
final class TrustTest {
    @TempDir
    private static Path folder;

    private static Nginx nginx;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "no openssl");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ours -keyout ca-key.pem -out ca.pem");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=theirs -keyout other-key.pem -out other.pem");
        openssl("req -newkey rsa:2048 -nodes -subj /CN=shop -keyout leaf-key.pem -out leaf.csr");
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost\n");
        openssl("x509 -req -in leaf.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 2 -extfile names"
                + " -out leaf.pem");
        nginx = Nginx.start(folder, """
                server {
                    listen 127.0.0.1:SECURE ssl;
                    ssl_certificate FOLDER/leaf.pem;
                    ssl_certificate_key FOLDER/leaf-key.pem;
                    location / { return 200 "hello"; }
                }
                """, List.of("SECURE"));
    }

    private static void openssl(String words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(("openssl " + words).split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("openssl.log")))
                .isZero();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nginx.stop();
    }

    @Test
    void whom_an_authority_of_ones_own_vouches_for_is_trusted() throws Exception {
        LoadResult result = send("localhost", Trust.authority(folder.resolve("ca.pem")));
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(50);
    }

    @Test
    void the_host_is_checked_and_so_is_the_authority() throws Exception {
        assertRefused("127.0.0.1", Trust.authority(folder.resolve("ca.pem")));
        assertRefused("localhost", Trust.authority(folder.resolve("other.pem")));
        assertRefused("localhost", Trust.USUAL);
    }

    @Test
    void several_authorities_may_stand_in_a_file() throws Exception {
        Path both = Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(folder.resolve("other.pem")) + Files.readString(folder.resolve("ca.pem")));
        assertThat(send("localhost", Trust.authority(both)).all().counts().answered())
                .isEqualTo(50);
    }

    @Test
    void a_file_that_is_none_is_told() throws Exception {
        assertThatThrownBy(() -> Trust.authority(folder.resolve("none.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.pem' is not there");
        for (String text : List.of("", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            Path file = Files.writeString(folder.resolve("odd.pem"), text);
            assertThatThrownBy(() -> Trust.authority(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("odd.pem' holds no certificate");
        }
    }

    private static void assertRefused(String host, Trust trust) throws Exception {
        LoadResult result = send(host, trust);
        assertThat(result.all().counts().answered()).isZero();
        assertThat(result.all().counts().errors()).containsKey(ErrorKind.CERTIFICATE);
    }

    private static LoadResult send(String host, Trust trust) throws InterruptedException {
        Tuning tuning = new Tuning(
                2,
                2,
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ZERO,
                1,
                true,
                trust,
                HttpLimits.DEFAULT,
                Long.MAX_VALUE);
        Pace pace = new Pace.Open(Profile.constant(100, Duration.ofMillis(500)), Pace.Arrival.EVEN, 1);
        LoadRequest request = LoadRequest.get("it", "https://" + host + ":" + nginx.port("SECURE") + "/");
        try (var generator =
                new WireGenerator(new HttpLoad(List.of(request), List.of(), pace, Slice.WHOLE, 1, tuning))) {
            return generator.run(LoadListener.NONE);
        }
    }
}
