package dev.verdict.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Sends signals.
final class Signals {
    /// Numbers as on Linux; an exit code of 128 + n tells that signal n ended a process.
    private static final Map<String, Integer> NUMBERS =
            Map.of("HUP", 1, "INT", 2, "QUIT", 3, "ABRT", 6, "KILL", 9, "ALRM", 14, "TERM", 15, "USR1", 10, "USR2", 12);

    private static final Set<String> ENDING = Set.of("TERM", "KILL", "INT", "QUIT", "ABRT");

    /// Says of each process that takes no signal.
    private static final String EACH = "for pid; do kill -s \"$0\" \"$pid\" || echo \"refused $pid\"; done";

    private Signals() {}

    /// Returns the name as `kill` wants it: `sigterm` is TERM.
    static String normal(String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        return upper.startsWith("SIG") ? upper.substring(3) : upper;
    }

    /// Tells whether the signal is one that asks a process to end.
    static boolean ends(String name) {
        return ENDING.contains(name);
    }

    /// Returns the signal's number; 0 if it is not a usual one.
    static int number(String name) {
        return NUMBERS.getOrDefault(name, 0);
    }

    /// Says how a process ended, for people.
    static String describeExit(int code) {
        return NUMBERS.entrySet().stream()
                .filter(entry -> entry.getValue() + 128 == code)
                .findFirst()
                .map(entry -> "exit code %d (signal %s)".formatted(code, entry.getKey()))
                .orElse("exit code " + code);
    }

    /// Sends a signal to each process that still lives.
    ///
    /// @throws EnvironmentException if there is no such signal or it may not be sent
    static void send(String name, Collection<ProcessId> to) throws InterruptedException {
        switch (name) {
            // The JDK checks the start time, too: never a process that took over the number.
            case "TERM" -> to.forEach(id -> ProcessHandle.of(id.pid()).ifPresent(ProcessHandle::destroy));
            case "KILL" -> to.forEach(id -> ProcessHandle.of(id.pid()).ifPresent(ProcessHandle::destroyForcibly));
            default -> sendByShell(name, to);
        }
    }

    private static void sendByShell(String name, Collection<ProcessId> to) throws InterruptedException {
        if (to.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", EACH, name));
        to.forEach(id -> command.add(Long.toString(id.pid())));
        try {
            Process kill = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = kill.waitFor(10, TimeUnit.SECONDS);
            // Who has ended meanwhile cannot be sent anything, and need not be.
            if (!ended || to.stream().anyMatch(id -> refused(said, id))) {
                throw new EnvironmentException("signal %s could not be sent: %s".formatted(name, said));
            }
        } catch (IOException e) {
            throw new EnvironmentException("signal %s could not be sent: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static boolean refused(String said, ProcessId id) {
        return said.lines().anyMatch(("refused " + id.pid())::equals)
                && ProcessHandle.of(id.pid()).isPresent();
    }

    /// Kills until nobody is left, since a process may start others meanwhile.
    ///
    /// @return who is left after `limit`
    static List<Proc> killAll(Supplier<List<Proc>> who, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Proc> left = who.get();
        // Nobody is sure to be there only when nobody was seen twice: a process that is just becoming
        // another program shows no environment, and so no mark, for a moment.
        int empty = left.isEmpty() ? 1 : 0;
        for (long pause = 2; empty < 2 && System.nanoTime() < deadline; pause = Math.min(50, pause * 2)) {
            send("KILL", left.stream().map(Proc::id).toList());
            Thread.sleep(pause);
            left = who.get();
            empty = left.isEmpty() ? empty + 1 : 0;
        }
        return left;
    }
}
