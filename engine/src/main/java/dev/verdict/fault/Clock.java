package dev.verdict.fault;

import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Shifts the time of day of a service that has a clock of its own.
record Clock(ServiceFault.ClockShift fault, Scene scene) implements Disturbance {
    private static final int NANOS = 9;
    private static final String LIBRARY = "libfaketime";

    /// Is what the engine itself starts first in a container with `init`: it tells nobody the time.
    private static final String INIT = "docker-init";

    private Path file() {
        return scene.environment()
                .levers(scene.service())
                .clock()
                .orElseThrow(
                        () -> new FaultException("service %s has no clock of its own: its plan must say `clock: own`"
                                .formatted(scene.service())));
    }

    @Override
    public List<UndoStep> undo() {
        return List.of(new SetRight(file().toString()));
    }

    @Override
    public boolean alone() {
        return true;
    }

    /// Says whose clock it is not.
    @Override
    public String means() {
        Set<String> right = right();
        return right.isEmpty() ? "" : ", but not for " + String.join(", ", right);
    }

    /// Returns the names of the service's programs that keep the right time.
    ///
    /// @throws FaultException if none has taken the library
    private Set<String> right() {
        Set<String> right = new TreeSet<>();
        int shifted = 0;
        for (var process : scene.processes().of(scene.members())) {
            Path at = Path.of("/proc", Long.toString(process.pid()));
            if (read(at, "maps").contains(LIBRARY)) {
                shifted++;
            } else if (scene.processes().lives(process)) {
                right.add(read(at, "comm").strip());
            }
        }
        if (shifted == 0) {
            throw new FaultException(
                    "no program of service %s has taken libfaketime (%s): a clock is shifted only for programs that are linked dynamically, and in a container with a glibc that is not older than this machine's"
                            .formatted(scene.service(), String.join(", ", right)));
        }
        right.remove(INIT);
        return right;
    }

    private String read(Path process, String file) {
        try {
            return new String(Files.readAllBytes(process.resolve(file)), StandardCharsets.ISO_8859_1);
        } catch (AccessDeniedException e) {
            throw new FaultException(
                    "whether the programs of service %s have taken libfaketime is not for this user to see: run Verdict as root"
                            .formatted(scene.service()),
                    e);
        } catch (IOException e) {
            // It has ended.
            return "";
        }
    }

    @Override
    public void act() throws IOException {
        BigDecimal seconds = BigDecimal.valueOf(fault.by().toNanos(), NANOS).stripTrailingZeros();
        set(file(), (seconds.signum() < 0 ? "" : "+") + seconds.toPlainString());
    }

    /// Writes in one step: the process reads the file whenever it asks for the time.
    private static void set(Path file, String shift) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, shift + "\n");
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Sets the clock right.
    record SetRight(String file) implements UndoStep {
        @Override
        public String undo(Reach reach) throws IOException {
            Path clock = Path.of(file);
            if (!Files.exists(clock) || Files.readString(clock).strip().equals("+0")) {
                return "";
            }
            set(clock, "+0");
            return "clock of %s set right".formatted(clock.resolveSibling("").getFileName());
        }
    }
}
