package dev.verdict.environment.docker;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what the kernel counts for a container of this machine, from the files of its control
/// group, version 1 or 2, and of its network namespace: far cheaper than asking the engine.
final class ControlGroups {
    private static final String UNIFIED = "";

    private final Path proc;
    /// By controller; the one of version 2 under the empty name.
    private final Map<String, Path> mounts;

    ControlGroups(Path proc) {
        this.proc = proc;
        this.mounts = mounts(proc.resolve("self").resolve("mountinfo"));
    }

    /// Reads lines such as `31 25 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu`.
    private static Map<String, Path> mounts(Path mountinfo) {
        Map<String, Path> mounts = new HashMap<>();
        try {
            for (String line : Files.readAllLines(mountinfo)) {
                String[] halves = line.split(" - ", 2);
                String[] left = halves[0].split(" ");
                String[] right = halves.length == 2 ? halves[1].split(" ") : new String[0];
                if (right.length < 3 || !right[0].startsWith("cgroup")) {
                    continue;
                }
                if (right[0].equals("cgroup2")) {
                    mounts.put(UNIFIED, Path.of(left[4]));
                } else {
                    for (String controller : right[2].split(",")) {
                        mounts.put(controller, Path.of(left[4]));
                    }
                }
            }
        } catch (IOException e) {
            // Not Linux, or no sight of it: nothing is found below; the engine is asked instead.
            return Map.of();
        }
        return mounts;
    }

    /// Holds where one container's files are.
    ///
    /// @param version2 whether one folder has them all
    /// @param net empty for a container that shares the machine's network
    record Group(boolean version2, Path cpu, Path memory, Path processes, Path blocks, Optional<Path> net) {}

    /// Finds the control group of a container by its main process; empty if it cannot be seen from
    /// here, or is not the container's own.
    Optional<Group> of(long pid, String container) {
        Path process = proc.resolve(Long.toString(pid));
        Map<String, String> paths = new HashMap<>();
        try {
            for (String line : Files.readAllLines(process.resolve("cgroup"))) {
                String[] parts = line.split(":", 3);
                for (String controller : parts[1].split(",", -1)) {
                    paths.put(controller, parts[2]);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        Optional<Path> net = sharesNetwork(process)
                ? Optional.empty()
                : Optional.of(process.resolve("net").resolve("dev"));
        Optional<Path> cpu = folder("cpuacct", paths);
        Optional<Path> memory = folder("memory", paths);
        Optional<Path> processes = folder("pids", paths);
        Optional<Path> blocks = folder("blkio", paths);
        if (cpu.isPresent() && memory.isPresent() && processes.isPresent() && blocks.isPresent()) {
            return own(cpu.get(), container)
                    .map(found -> new Group(false, found, memory.get(), processes.get(), blocks.get(), net));
        }
        return folder(UNIFIED, paths)
                .flatMap(unified -> own(unified, container))
                .map(all -> new Group(true, all, all, all, all, net));
    }

    private boolean sharesNetwork(Path process) {
        Path namespace = Path.of("ns", "net");
        try {
            return Files.readSymbolicLink(process.resolve(namespace))
                    .equals(Files.readSymbolicLink(proc.resolve("self").resolve(namespace)));
        } catch (IOException e) {
            // Only its owner may look; a container usually has a network of its own.
            return false;
        }
    }

    /// The engine may be another machine's, whose process numbers mean somebody else here.
    private static Optional<Path> own(Path folder, String container) {
        return Optional.of(folder).filter(path -> path.toString().contains(container));
    }

    private Optional<Path> folder(String controller, Map<String, String> paths) {
        Path mount = mounts.get(controller);
        String path = paths.get(controller);
        return mount == null || path == null
                ? Optional.empty()
                : Optional.of(mount.resolve(path.substring(1))).filter(Files::isDirectory);
    }

    /// Reads what is used now.
    ///
    /// @throws IOException if the container has ended meanwhile
    Usage read(Group group) throws IOException {
        List<String> pids = Files.readAllLines(group.processes().resolve("cgroup.procs"));
        long[] net =
                group.net().isPresent() ? network(Files.readAllLines(group.net().get())) : new long[2];
        long[] blocks = group.version2()
                ? blocks2(Files.readAllLines(group.blocks().resolve("io.stat")))
                : blocks1(Files.readAllLines(group.blocks().resolve("blkio.throttle.io_service_bytes_recursive")));
        if (blocks[0] == Usage.UNKNOWN) {
            blocks = ofProcesses(pids);
        }
        return new Usage(
                cpu(group),
                memory(group),
                pids.size(),
                (int) number(group.processes().resolve("pids.current")),
                openFiles(pids),
                net[0],
                net[1],
                blocks[0],
                blocks[1]);
    }

    private static Duration cpu(Group group) throws IOException {
        return group.version2()
                ? Duration.ofNanos(1000 * named(group.cpu().resolve("cpu.stat"), "usage_usec"))
                : Duration.ofNanos(number(group.cpu().resolve("cpuacct.usage")));
    }

    private static long memory(Group group) throws IOException {
        Path stat = group.memory().resolve("memory.stat");
        long used = number(group.memory().resolve(group.version2() ? "memory.current" : "memory.usage_in_bytes"));
        return Math.max(0, used - named(stat, group.version2() ? "inactive_file" : "total_inactive_file"));
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    private static long named(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(name) && line.charAt(name.length()) == ' ') {
                return Long.parseLong(line.substring(name.length() + 1).strip());
            }
        }
        return 0;
    }

    /// Sums lines such as `eth0: 1296 16 0 0 0 0 0 0 446 5 …`: received first, sent ninth.
    static long[] network(List<String> lines) {
        long[] sums = new long[2];
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.substring(0, colon).strip().equals("lo")) {
                String[] numbers = line.substring(colon + 1).strip().split("\\s+");
                sums[0] += Long.parseLong(numbers[0]);
                sums[1] += Long.parseLong(numbers[8]);
            }
        }
        return sums;
    }

    /// Sums what the processes themselves are known to have read and written, with those that they
    /// waited for. Unknown where only their owner may look.
    private long[] ofProcesses(List<String> pids) throws IOException {
        long[] sums = new long[2];
        for (String pid : pids) {
            Path io = proc.resolve(pid).resolve("io");
            try {
                for (String line : Files.readAllLines(io)) {
                    if (line.startsWith("read_bytes: ")) {
                        sums[0] += Long.parseLong(line.substring("read_bytes: ".length()));
                    } else if (line.startsWith("write_bytes: ")) {
                        sums[1] += Long.parseLong(line.substring("write_bytes: ".length()));
                    }
                }
            } catch (AccessDeniedException e) {
                return new long[] {Usage.UNKNOWN, Usage.UNKNOWN};
            } catch (NoSuchFileException e) {
                // Ended between two looks: whoever waited for it has its numbers.
            }
        }
        return sums;
    }

    /// Sums lines such as `8:0 Read 4096`. Without any, the kernel may count nothing: newer ones do
    /// so only once somebody limits the device.
    static long[] blocks1(List<String> lines) {
        if (lines.stream().noneMatch(line -> line.indexOf(':') > 0)) {
            return new long[] {Usage.UNKNOWN, Usage.UNKNOWN};
        }
        long[] sums = new long[2];
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words.length == 3 && words[1].equals("Read")) {
                sums[0] += Long.parseLong(words[2]);
            } else if (words.length == 3 && words[1].equals("Write")) {
                sums[1] += Long.parseLong(words[2]);
            }
        }
        return sums;
    }

    /// Sums lines such as `8:0 rbytes=4096 wbytes=0 rios=1 …`.
    static long[] blocks2(List<String> lines) {
        long[] sums = new long[2];
        for (String line : lines) {
            for (String word : line.split(" ")) {
                if (word.startsWith("rbytes=")) {
                    sums[0] += Long.parseLong(word.substring("rbytes=".length()));
                } else if (word.startsWith("wbytes=")) {
                    sums[1] += Long.parseLong(word.substring("wbytes=".length()));
                }
            }
        }
        return sums;
    }

    private int openFiles(List<String> pids) {
        int open = 0;
        for (String pid : pids) {
            // Not a stream of paths: only the number counts. Null where they may not be seen.
            String[] files = proc.resolve(pid).resolve("fd").toFile().list();
            open += files == null ? 0 : files.length;
        }
        return open;
    }
}
