package dev.verdict.cli;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.JournalTail;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.run.RunId;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Starts this same command again without its `--detach`, in a session of its own, and waits until
/// its journal says that every service is ready.
final class Detached {
    private static final Duration POLL = Duration.ofMillis(200);

    private final ResolvedPlan plan;
    private final Terminal terminal;
    private final RunFolder folder;

    Detached(ResolvedPlan plan, Terminal terminal) {
        this.plan = plan;
        this.terminal = terminal;
        this.folder = RunFolder.of(plan.directory(), RunId.next(Clock.systemUTC()));
    }

    int up() throws IOException, InterruptedException {
        Path output = folder.root().resolve("up.out");
        Files.createDirectories(folder.root());
        Process process = new ProcessBuilder(command())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
        Held held = new Held(terminal, plan.plan());
        if (ready(process, held)) {
            held.print(terminal.out());
            terminal.out().println("The system is up; `verdict logs -f` shows its output, `verdict down` ends it.");
            return Exit.PASS;
        }
        process.waitFor();
        if (!held.failed()) {
            terminal.err().print(Files.readString(output));
        }
        return process.exitValue() == Exit.PASS ? Exit.ENVIRONMENT : process.exitValue();
    }

    private boolean ready(Process process, Held held) throws InterruptedException {
        Progress progress = new Progress(terminal, plan.plan(), false);
        Set<String> waiting = new HashSet<>(plan.plan().services().keySet());
        try (JournalTail tail = JournalTail.open(folder.journal())) {
            while (!waiting.isEmpty()) {
                boolean alive = process.isAlive();
                Optional<Entry> entry = tail.next(POLL);
                if (entry.isEmpty() && !alive) {
                    return false;
                }
                entry.map(Entry::event).ifPresent(event -> {
                    held.emit(event);
                    progress.emit(event);
                    if (event instanceof Event.ServiceReady ready) {
                        waiting.remove(ready.service());
                    }
                });
                if (held.failed()) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Returns this process's own command line, to be run in a session that no terminal ends.
    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid"));
        for (String word : own()) {
            if (!word.equals("-d") && !word.equals("--detach")) {
                command.add(word);
            }
        }
        command.addAll(List.of("--run-id", folder.id()));
        return command;
    }

    /// Returns the words that started this process.
    static List<String> own() throws IOException {
        Path proc = Path.of("/proc/self/cmdline");
        if (Files.isReadable(proc)) {
            String line = new String(Files.readAllBytes(proc), StandardCharsets.UTF_8);
            return List.of(line.split("\0"));
        }
        ProcessHandle.Info info = ProcessHandle.current().info();
        List<String> words = new ArrayList<>(List.of(info.command().orElseThrow()));
        words.addAll(List.of(info.arguments().orElseThrow()));
        return words;
    }
}
