package dev.verdict.environment;

import dev.verdict.plan.Limits;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Says how a service's process is started.
///
/// @param command program and arguments
/// @param directory where it runs
/// @param variables added to Verdict's own environment
/// @param enter what moves the process into another network; empty for this machine's
record Launch(List<String> command, Path directory, Map<String, String> variables, Limits limits, List<String> enter) {
    Launch {
        command = List.copyOf(command);
        variables = Map.copyOf(variables);
        enter = List.copyOf(enter);
    }

    /// Starts the process in a session of its own, so that a ctrl-C in Verdict's terminal reaches
    /// Verdict alone, which then stops the services in their order.
    ///
    /// @param out where its output goes
    /// @param err where its errors go
    /// @throws EnvironmentException if the program or the directory is not there
    Process start(ProcessBuilder.Redirect out, ProcessBuilder.Redirect err) {
        return start(ProcessBuilder.Redirect.from(new File("/dev/null")), out, err);
    }

    /// Does the same with an input.
    Process start(ProcessBuilder.Redirect in, ProcessBuilder.Redirect out, ProcessBuilder.Redirect err) {
        if (!Files.isDirectory(directory)) {
            throw new EnvironmentException("its directory %s does not exist".formatted(directory));
        }
        ProcessBuilder builder = new ProcessBuilder()
                .directory(directory.toFile())
                .redirectInput(in)
                .redirectOutput(out)
                .redirectError(err);
        builder.environment().putAll(variables);
        Path program = Programs.find(
                command.getFirst(), directory, builder.environment().getOrDefault("PATH", "/usr/bin:/bin"));
        try {
            return builder.command(wrapped(program)).start();
        } catch (IOException e) {
            throw new EnvironmentException("its process could not be started: " + e.getMessage(), e);
        }
    }

    /// Puts `setsid`, `nsenter` and `prlimit` in front. All replace themselves by the command: the
    /// process keeps its number, and no shell stands between it and its signals.
    private List<String> wrapped(Path program) {
        List<String> wrapped = new ArrayList<>();
        Programs.ofSystem("setsid").ifPresent(setsid -> wrapped.add(setsid.toString()));
        wrapped.addAll(enter);
        if (!limits.equals(Limits.NONE)) {
            wrapped.addAll(Programs.ofSystem("prlimit").map(this::prlimit).orElseGet(this::ulimit));
        }
        wrapped.add(program.toString());
        wrapped.addAll(command.subList(1, command.size()));
        return wrapped;
    }

    private List<String> prlimit(Path prlimit) {
        List<String> words = new ArrayList<>(List.of(prlimit.toString()));
        add(words, "--nofile=", limits.openFiles());
        add(words, "--nproc=", limits.processes());
        add(words, "--as=", limits.memory());
        add(words, "--fsize=", limits.fileSize());
        return words;
    }

    private static void add(List<String> words, String option, OptionalLong limit) {
        limit.ifPresent(value -> words.add(option + value + ":" + value));
    }

    /// Sets limits where there is no `prlimit`; a shell counts memory in KiB and files in blocks of
    /// 512 bytes.
    private List<String> ulimit() {
        List<String> settings = new ArrayList<>();
        limits.openFiles().ifPresent(value -> settings.add("ulimit -n " + value));
        limits.processes().ifPresent(value -> settings.add("ulimit -u " + value));
        limits.memory().ifPresent(value -> settings.add("ulimit -v " + Math.ceilDiv(value, 1024L)));
        limits.fileSize().ifPresent(value -> settings.add("ulimit -f " + Math.ceilDiv(value, 512L)));
        return List.of("/bin/sh", "-c", String.join(" && ", settings) + " && exec \"$0\" \"$@\"");
    }

    /// Returns the programs that may stand in front of the command for a moment.
    static List<Path> wrappers() {
        return List.of("setsid", "nsenter", "prlimit").stream()
                .map(Programs::ofSystem)
                .flatMap(Optional::stream)
                .toList();
    }
}
