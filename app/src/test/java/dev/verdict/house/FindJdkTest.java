package dev.verdict.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs the script that finds a JDK on folders that look like JDKs.
final class FindJdkTest {
    private static final String OLD = "JAVA_VERSION=\"17.0.15\"\n";
    private static final String NEW =
            "IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\nJAVA_VERSION=\"25.0.3\"\n";

    @TempDir
    Path machine;

    @Test
    void java_home_comes_first_when_it_is_new_enough() throws Exception {
        Path home = jdk("my own jdk", NEW);
        jdk("usr/lib/jvm/temurin-25-jdk-amd64", NEW);
        assertThat(find(Map.of("JAVA_HOME", home.toString())).home()).isEqualTo(home.toString());
    }

    @Test
    void an_old_java_home_and_an_old_java_on_the_path_are_passed_over() throws Exception {
        Path old = jdk("usr/lib/jvm/java-17-openjdk-amd64", OLD);
        Path found = jdk("usr/lib/jvm/temurin-25-jdk-amd64", NEW);
        Map<String, String> environment = Map.of("JAVA_HOME", old.toString(), "PATH", old + "/bin:/usr/bin:/bin");
        assertThat(find(environment).home()).isEqualTo(found.toString());
    }

    @Test
    void the_java_on_the_path_is_followed_through_its_links() throws Exception {
        Path home = jdk("somewhere/a jdk", NEW);
        Path bin = Files.createDirectories(machine.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));
        assertThat(find(Map.of("PATH", bin + ":/usr/bin:/bin")).home()).isEqualTo(home.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usr/lib/jvm/temurin-25-jdk-amd64",
                "usr/lib/jvm/java-25-openjdk-amd64",
                "opt/java",
                "opt/java/openjdk",
                "opt/jdk-25.0.3+9",
                "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
                "home of mine/.sdkman/candidates/java/25.0.3-tem",
                "home of mine/.local/share/mise/installs/java/temurin-25.0.3",
                "home of mine/.asdf/installs/java/temurin-25.0.3",
                "home of mine/.jabba/jdk/temurin@25.0.3",
                "home of mine/.jdks/temurin-25.0.3",
            })
    void a_jdk_is_found_where_installers_put_it(String place) throws Exception {
        jdk("usr/lib/jvm/java-17-openjdk-amd64", OLD);
        Path home = jdk(place, NEW);
        assertThat(find(Map.of())).isEqualTo(new Found(0, home.toString(), "25.0.3+9-LTS", ""));
    }

    @Test
    void a_runtime_without_a_compiler_is_no_jdk() throws Exception {
        Path home = jdk("usr/lib/jvm/java-25-openjdk-amd64", NEW);
        Files.delete(home.resolve("bin/javac"));
        assertThat(find(Map.of()).exitCode()).isEqualTo(1);
    }

    @Test
    void one_sentence_says_where_it_looked_and_what_to_do() throws Exception {
        jdk("usr/lib/jvm/java-17-openjdk-amd64", OLD);
        Found found = find(Map.of());
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.message().lines())
                .singleElement()
                .asString()
                .contains("needs a JDK 25", "/usr/lib/jvm", "SDKMAN", "apt install openjdk-25-jdk", "JAVA_HOME");
    }

    /// Makes a folder that looks like a JDK.
    private Path jdk(String place, String release) throws IOException {
        Path home = machine.resolve(place);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), release);
        for (String program : new String[] {"java", "javac"}) {
            program(home.resolve("bin").resolve(program), "");
        }
        return home;
    }

    private record Found(int exitCode, String home, String version, String message) {}

    private Found find(Map<String, String> environment) throws IOException, InterruptedException {
        Path out = machine.resolve("out");
        Path err = machine.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh",
                        "-euc",
                        ". \"$1\"; find_jdk || exit 1; echo \"$JAVA_HOME\"; echo \"$jdk_version\"",
                        "sh",
                        Repository.root().resolve(".mvn/find-jdk.sh").toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> all = new HashMap<>();
        all.put("PATH", pathWithoutJava());
        all.put("HOME", machine.resolve("home of mine").toString());
        all.put("JDK_SEARCH_ROOT", machine.toString());
        all.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(all);
        Process process = builder.start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        String[] lines = (Files.readString(out, StandardCharsets.UTF_8) + "\n\n").split("\n", -1);
        return new Found(
                process.exitValue(), lines[0], lines[1], Files.readString(err).strip());
    }

    /// Returns a PATH that holds what the script calls but no java of this machine.
    private String pathWithoutJava() throws IOException {
        Path bin = Files.createDirectories(machine.resolve("tools"));
        program(bin.resolve("readlink"), "#!/bin/sh\nPATH=/usr/bin:/bin exec readlink \"$@\"\n");
        return bin.toString();
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
