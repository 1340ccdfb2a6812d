package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `verdict hash` on the files of a real container.
@Tag("slow")
@Tag("docker")
final class ContainerHashTest {
    @TempDir
    Path folder;

    private String container = "";

    private static String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return out;
    }

    @BeforeEach
    void start() throws Exception {
        container = docker("run", "-d", "--network", "none", "verdict-base", "sleep", "120");
    }

    @AfterEach
    void remove() throws Exception {
        docker("rm", "-f", container);
    }

    @Test
    void files_are_digested_as_inside_and_a_change_is_found() throws Exception {
        String source = "container://" + container + "/etc";
        var one = VerdictProcess.run(folder, "hash", source + "/passwd");
        assertThat(one.out().substring(0, 64))
                .isEqualTo(docker("exec", container, "sha256sum", "/etc/passwd").substring(0, 64));

        assertThat(VerdictProcess.run(folder, "hash", source, "--manifest", "-o", "etc.json")
                        .exitCode())
                .isZero();
        assertThat(VerdictProcess.run(folder, "hash", source, "--check", "etc.json")
                        .exitCode())
                .isZero();
        docker("exec", container, "sh", "-c", "echo more >> /etc/passwd");
        assertThat(VerdictProcess.run(folder, "hash", source, "--check", "etc.json"))
                .satisfies(different -> {
                    assertThat(different.out()).contains("passwd was changed").contains("it differs within bytes 0 to");
                    assertThat(different.exitCode()).isEqualTo(1);
                });
    }
}
