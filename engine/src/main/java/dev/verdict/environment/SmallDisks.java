package dev.verdict.environment;

import dev.verdict.plan.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Puts the paths that services declare under `writes` on small disks in memory, for services that
/// ask for it: what fills such a disk fills nothing else.
final class SmallDisks {
    private static final long COMMAND_SECONDS = 20;

    private final Map<String, List<Levers.Disk>> disks = new HashMap<>();
    private final List<LedgerEntry.DiskMounted> mounted = new ArrayList<>();

    /// @throws EnvironmentException if a service wants a disk and rights or programs are missing
    static void check(Iterable<Service> services) {
        for (Service service : services) {
            boolean wanted = service.runs().own().disk().isPresent();
            boolean root = "root".equals(System.getProperty("user.name"));
            boolean able = Stream.of("mount", "umount", "cp")
                    .allMatch(program -> Programs.ofSystem(program).isPresent());
            if (wanted && !(root && able)) {
                throw new EnvironmentException(
                        "service %s wants a `disk` of its own, which needs root and the programs mount, umount and cp"
                                .formatted(service.name()));
            }
        }
    }

    /// Mounts the disks; the ledger knows of each before it exists.
    ///
    /// @throws EnvironmentException if one cannot be had
    void mount(Surroundings run) throws InterruptedException {
        for (Service service : run.plan().plan().services().values()) {
            OptionalLong size = service.runs().own().disk();
            if (size.isPresent()) {
                List<Levers.Disk> own = new ArrayList<>();
                for (Path path : DeclaredWrites.of(service, run)) {
                    own.add(mount(path, size.getAsLong(), run));
                }
                for (Path path : DeclaredWrites.inside(service, run)) {
                    own.add(mountInside(path, size.getAsLong(), run));
                }
                disks.put(service.name(), own);
            }
        }
    }

    /// Mounts a disk in the run's folder; the container gets it from there, and keeps it when it is
    /// started again.
    private Levers.Disk mountInside(Path at, long size, Surroundings run) throws InterruptedException {
        Path path = run.folder().root().toAbsolutePath().resolve("disks").resolve("inside-" + (mounted.size() + 1));
        Levers.Disk disk = mount(path, size, run);
        try {
            // Who runs in a container is often not root.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new EnvironmentException("the disk at %s cannot be opened to all: %s".formatted(path, e), e);
        }
        return new Levers.Disk(disk.path(), disk.source(), at);
    }

    private Levers.Disk mount(Path path, long size, Surroundings run) throws InterruptedException {
        String source = "verdict-" + run.processes().mark().nonce();
        Path staging = run.folder().root().resolve("disks").resolve(Integer.toString(mounted.size() + 1));
        LedgerEntry.DiskMounted entry =
                new LedgerEntry.DiskMounted(path.toString(), staging.toString(), source, !Files.exists(path));
        run.ledger().append(entry);
        mounted.add(entry);
        try {
            Files.createDirectories(path);
            Files.createDirectories(staging);
        } catch (IOException e) {
            throw new EnvironmentException("the disk at %s cannot be made: %s".formatted(path, e), e);
        }
        command("mount", "-t", "tmpfs", "-o", "size=" + size, source, staging.toString());
        command("cp", "-a", path + "/.", staging.toString());
        command("mount", "--bind", staging.toString(), path.toString());
        command("umount", staging.toString());
        return new Levers.Disk(path, source);
    }

    List<Levers.Disk> of(String service) {
        return disks.getOrDefault(service, List.of());
    }

    /// Takes all disks away.
    ///
    /// @return what is still there, a sentence each
    List<String> remove() throws InterruptedException {
        List<String> problems = new ArrayList<>();
        for (LedgerEntry.DiskMounted entry : mounted.reversed()) {
            remove(entry).ifPresent(problems::add);
        }
        return problems;
    }

    /// Takes one disk away, wherever it is mounted; doing it again does nothing.
    ///
    /// @return what is still there
    static java.util.Optional<String> remove(LedgerEntry.DiskMounted entry) throws InterruptedException {
        try {
            for (Path path : List.of(Path.of(entry.staging()), Path.of(entry.path()))) {
                while (Mounts.at(path, entry.source())) {
                    // Also where a process that was left behind still sits there: it keeps what it has.
                    command("umount", "-l", path.toString());
                }
            }
            Files.deleteIfExists(Path.of(entry.staging()));
            if (entry.made() && empty(Path.of(entry.path()))) {
                Files.deleteIfExists(Path.of(entry.path()));
            }
            return java.util.Optional.empty();
        } catch (IOException | EnvironmentException e) {
            return java.util.Optional.of("the disk at %s: %s".formatted(entry.path(), e.getMessage()));
        }
    }

    private static boolean empty(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void command(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new EnvironmentException("%s did not end within %d s".formatted(command[0], COMMAND_SECONDS));
            }
            if (process.exitValue() != 0) {
                throw new EnvironmentException("%s failed: %s"
                        .formatted(
                                String.join(" ", command),
                                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip()));
            }
        } catch (IOException e) {
            throw new EnvironmentException("%s cannot be run: %s".formatted(command[0], e.getMessage()), e);
        }
    }
}
