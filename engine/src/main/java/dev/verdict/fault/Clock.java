package dev.verdict.fault;

import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Shifts the time of day of a service that has a clock of its own.
record Clock(ServiceFault.ClockShift fault, Scene scene) implements Disturbance {
    private static final int NANOS = 9;

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

    @Override
    public void act() throws IOException {
        BigDecimal seconds = BigDecimal.valueOf(fault.by().toNanos(), NANOS).stripTrailingZeros();
        set(file(), (seconds.signum() < 0 ? "" : "+") + seconds.toPlainString());
    }

    /// Writes in one step: the process reads the file whenever it asks for the time.
    private static void set(Path file, String shift) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, shift + "\n");
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
            return "clock of %s set right".formatted(clock.getFileName());
        }
    }
}
