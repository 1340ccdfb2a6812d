package dev.verdict.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// Disturbs a service itself: its processes, its share of the machine, its files, its clock.
public sealed interface ServiceFault extends Fault {

    // Its life

    /// Sends the whole process tree a signal, as `KILL` or `HUP`; a service that ends by it is
    /// started again by the undo.
    ///
    /// @param signal without `SIG`, upper case
    record Kill(String signal) implements ServiceFault {
        private static final Set<String> PAUSING = Set.of("STOP", "TSTP", "TTIN", "TTOU", "CONT");

        public Kill {
            String upper = signal.strip().toUpperCase(Locale.ROOT);
            signal = upper.startsWith("SIG") ? upper.substring(3) : upper;
            if (!signal.matches("[A-Z][A-Z0-9+-]*")) {
                throw new IllegalArgumentException("'%s' is not a signal; allowed are names as KILL".formatted(signal));
            }
            if (PAUSING.contains(signal)) {
                throw new IllegalArgumentException("%s does not end a process: use pause".formatted(signal));
            }
        }

        @Override
        public String kind() {
            return "kill";
        }

        @Override
        public String summary() {
            return "is killed (%s)".formatted(signal);
        }
    }

    /// Ends it as its plan says; the undo starts it again.
    record Stop() implements ServiceFault {
        @Override
        public String kind() {
            return "stop";
        }

        @Override
        public String summary() {
            return "is stopped";
        }
    }

    /// Ends it as its plan says and starts it again: over when it is ready.
    record Restart() implements ServiceFault {
        @Override
        public String kind() {
            return "restart";
        }

        @Override
        public String summary() {
            return "is restarted";
        }
    }

    /// Kills it again and again.
    ///
    /// @param alive how long it may live each time after it was ready, at most an hour
    record CrashLoop(Duration alive) implements ServiceFault {
        public CrashLoop {
            if (alive.isNegative() || alive.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("a crash loop's time alive is 0 to 1h");
            }
        }

        @Override
        public String kind() {
            return "crashLoop";
        }

        @Override
        public String summary() {
            return "is killed whenever it was ready for %s".formatted(Amounts.write(alive));
        }
    }

    /// Holds all its processes (SIGSTOP, or the container's freezer) until the undo.
    record Pause() implements ServiceFault {
        @Override
        public String kind() {
            return "pause";
        }

        @Override
        public String summary() {
            return "is paused";
        }
    }

    // Its share of the machine

    /// Runs busy loops beside it.
    ///
    /// @param workers how many, 1 to 64
    record CpuStress(int workers) implements ServiceFault {
        public CpuStress {
            within("the number of busy loops", workers, 1, 64);
        }

        @Override
        public String kind() {
            return "cpu";
        }

        @Override
        public String summary() {
            return "shares the processor with %d busy loops".formatted(workers);
        }
    }

    /// Takes memory away.
    ///
    /// @param leave bytes that it can still get; at 0 the kernel kills it for want of memory
    record MemoryPressure(long leave) implements ServiceFault {
        public MemoryPressure {
            within("the bytes left", leave, 0, 1L << 50);
        }

        @Override
        public String kind() {
            return "memory";
        }

        @Override
        public String summary() {
            return leave == 0 ? "runs out of memory" : "can get %s of memory more".formatted(Amounts.write(leave));
        }
    }

    /// Lets it open no file more than so many.
    record LimitOpenFiles(long count) implements ServiceFault {
        public LimitOpenFiles {
            within("the number of open files", count, 0, 1L << 30);
        }

        @Override
        public String kind() {
            return "openFiles";
        }

        @Override
        public String summary() {
            return "may have %d open files in each process".formatted(count);
        }
    }

    /// Lets its processes and threads become no more than so many, all together.
    record LimitProcesses(long count) implements ServiceFault {
        public LimitProcesses {
            within("the number of processes", count, 0, 1L << 22);
        }

        @Override
        public String kind() {
            return "processes";
        }

        @Override
        public String summary() {
            return "may have %d processes and threads".formatted(count);
        }
    }

    // Its files

    /// Fills one of its small disks.
    ///
    /// @param path the directory as the plan names it; empty if it has only one
    /// @param leave bytes that stay free
    record DiskFull(String path, long leave) implements ServiceFault {
        public DiskFull {
            within("the bytes left free", leave, 0, 1L << 50);
        }

        @Override
        public String kind() {
            return "diskFull";
        }

        @Override
        public String summary() {
            String left = leave == 0 ? "" : " but for " + Amounts.write(leave);
            return "has a full disk" + at(path) + left;
        }
    }

    /// Makes one of its small disks read-only.
    ///
    /// @param path the directory as the plan names it; empty if it has only one
    record ReadOnlyDisk(String path) implements ServiceFault {
        @Override
        public String kind() {
            return "readOnlyDisk";
        }

        @Override
        public String summary() {
            return "has a read-only disk" + at(path);
        }
    }

    /// Turns bits of a file over, at places that the seed picks.
    ///
    /// @param file below a path that the service declares under `writes`, relative to the plan
    /// @param count how many bits, 1 to 100,000
    record FlipBits(String file, int count) implements ServiceFault {
        public FlipBits {
            named(file);
            within("the number of bits", count, 1, 100_000);
        }

        @Override
        public String kind() {
            return "flipBits";
        }

        @Override
        public String summary() {
            return "has %d bits of %s turned over".formatted(count, file);
        }
    }

    /// Cuts the end of a file off.
    ///
    /// @param file below a path that the service declares under `writes`, relative to the plan
    /// @param size in bytes that it keeps
    record Truncate(String file, long size) implements ServiceFault {
        public Truncate {
            named(file);
            within("the size that is kept", size, 0, 1L << 50);
        }

        @Override
        public String kind() {
            return "truncate";
        }

        @Override
        public String summary() {
            return "has %s cut to %s".formatted(file, size == 0 ? "nothing" : Amounts.write(size));
        }
    }

    /// Puts an older copy in a file's place.
    ///
    /// @param file below a path that the service declares under `writes`, relative to the plan
    /// @param copy is read, and may be anywhere; relative to the plan
    record ReplaceFile(String file, String copy) implements ServiceFault {
        public ReplaceFile {
            named(file);
            named(copy);
        }

        @Override
        public String kind() {
            return "replaceFile";
        }

        @Override
        public String summary() {
            return "has %s replaced by %s".formatted(file, copy);
        }
    }

    /// Overwrites pages of an SQLite database, at places that the seed picks.
    ///
    /// @param file below a path that the service declares under `writes`, relative to the plan
    /// @param pages how many, 1 to 10,000; the first, with the header, is spared
    record DamagePages(String file, int pages) implements ServiceFault {
        public DamagePages {
            named(file);
            within("the number of pages", pages, 1, 10_000);
        }

        @Override
        public String kind() {
            return "damagePages";
        }

        @Override
        public String summary() {
            return "has %d pages of the database %s overwritten".formatted(pages, file);
        }
    }

    // Its clock

    /// Shifts what it takes for the time of day; measured durations stay right.
    ///
    /// @param by forwards, or backwards if negative; at most 10,000 days
    record ClockShift(Duration by) implements ServiceFault {
        public ClockShift {
            if (by.isZero() || by.abs().compareTo(Duration.ofDays(10_000)) > 0) {
                throw new IllegalArgumentException("a clock is shifted by at least 1ms and at most 10,000 days");
            }
        }

        @Override
        public String kind() {
            return "clock";
        }

        @Override
        public String summary() {
            return "has a clock that is %s %s".formatted(Amounts.write(by.abs()), by.isNegative() ? "behind" : "ahead");
        }
    }

    private static String at(String path) {
        return path.isEmpty() ? "" : " at " + path;
    }

    private static void named(String path) {
        if (path.isBlank()) {
            throw new IllegalArgumentException("a file must be named");
        }
    }

    private static void within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is %d; allowed is %d to %d".formatted(what, value, least, most));
        }
    }
}
