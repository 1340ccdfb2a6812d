package dev.verdict.environment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Asks the JDK about processes, where there is no `/proc`: without sessions, memory, threads and
/// open files, and without the marks that find a child that detached.
final class PortableProcessTable implements ProcessTable {
    @Override
    public List<Long> pids() {
        return ProcessHandle.allProcesses().map(ProcessHandle::pid).toList();
    }

    @Override
    public Optional<Proc> find(long pid) {
        return ProcessHandle.of(pid)
                .map(handle -> new Proc(
                        new ProcessId(
                                pid,
                                handle.info()
                                        .startInstant()
                                        .map(Instant::toEpochMilli)
                                        .orElse(0L)),
                        handle.parent().map(ProcessHandle::pid).orElse(0L),
                        0,
                        !handle.isAlive(),
                        handle.info().totalCpuDuration().orElse(Duration.ZERO),
                        Duration.ZERO,
                        0,
                        0));
    }

    @Override
    public Optional<String> markedService(long pid, Mark mark) {
        return Optional.empty();
    }

    @Override
    public boolean inContainer(long pid, String container) {
        return false;
    }

    @Override
    public String command(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle ->
                        handle.info().commandLine().or(() -> handle.info().command()))
                .orElse("");
    }

    @Override
    public int openFiles(long pid) {
        return 0;
    }
}
