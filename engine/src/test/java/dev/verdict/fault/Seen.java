package dev.verdict.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// Looks at the machine by itself, without what it is to judge.
final class Seen {
    private Seen() {}

    /// Returns the letter of a process's state, as `S` or `T`; `-` if there is none.
    static char state(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return '-';
        }
    }

    /// Returns the living processes with a variable in their environment, as `VERDICT_RUN=x`.
    static List<Long> with(String variable) throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.toList()) {
                String name = process.getFileName().toString();
                if (Character.isDigit(name.charAt(0)) && has(process, variable)) {
                    found.add(Long.parseLong(name));
                }
            }
        }
        return found;
    }

    private static boolean has(Path process, String variable) {
        try {
            String environment =
                    "\0" + new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
            return environment.contains("\0" + variable + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    /// Returns the living processes with an argument that is the first word and one that ends with
    /// the second. `ProcessHandle.Info` would show the first page of a long command line only.
    static List<Long> called(String word, String end) throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.toList()) {
                String name = process.getFileName().toString();
                List<String> arguments = Character.isDigit(name.charAt(0)) ? arguments(process) : List.of();
                if (arguments.contains(word) && arguments.stream().anyMatch(each -> each.endsWith(end))) {
                    found.add(Long.parseLong(name));
                }
            }
        }
        return found;
    }

    private static List<String> arguments(Path process) {
        try {
            return List.of(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Returns the folders of control groups that Verdict made.
    static List<Path> groups(String controller) throws IOException {
        try (Stream<Path> groups = Files.walk(Path.of("/sys/fs/cgroup", controller))) {
            return groups.filter(group -> group.getFileName().toString().startsWith("verdict-"))
                    .toList();
        }
    }

    /// Returns the rules for packets in a network; none if it is not there.
    static String rules(Path network) {
        if (!Files.exists(network)) {
            return "";
        }
        try {
            Process nft = new ProcessBuilder("nsenter", "--net=" + network, "nft", "list", "ruleset")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (nft.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return said;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void until(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }
}
