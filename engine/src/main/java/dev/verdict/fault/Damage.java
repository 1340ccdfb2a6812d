package dev.verdict.fault;

import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// Damages a file of a service, in place, so that whoever has it open sees it.
///
/// The file as it was and as it is to become are kept aside first: with both, an undo can tell what
/// the fault wrote from what the service wrote since, and takes back nothing of the latter.
final class Damage implements Disturbance {
    private static final long LARGEST = 2L << 30;

    private final Scene scene;
    private final Path file;
    private final Optional<ContainerFile> inside;
    private final boolean whole;
    private final Spoiler spoiler;

    /// Spoils a copy of the file.
    interface Spoiler {
        void spoil(RandomAccessFile copy, Scene scene) throws IOException;
    }

    private Damage(Scene scene, String file, boolean whole, Spoiler spoiler) {
        this.scene = scene;
        this.inside = inside(scene, file);
        this.file = inside.map(found -> reached(scene, found)).orElseGet(() -> declared(scene, file));
        this.whole = whole;
        this.spoiler = spoiler;
    }

    static Disturbance flipBits(ServiceFault.FlipBits fault, Scene scene) {
        return new Damage(scene, fault.file(), false, new Spoilers.Bits(fault.count()));
    }

    static Disturbance pages(ServiceFault.DamagePages fault, Scene scene) {
        return new Damage(scene, fault.file(), false, new Spoilers.Pages(fault.pages()));
    }

    static Disturbance truncate(ServiceFault.Truncate fault, Scene scene) {
        return new Damage(scene, fault.file(), true, new Spoilers.Cut(fault.size()));
    }

    static Disturbance replace(ServiceFault.ReplaceFile fault, Scene scene) {
        Path copy = scene.directory().resolve(fault.copy()).normalize();
        if (!Files.isRegularFile(copy)) {
            throw new FaultException("there is no file %s to put in the place of %s".formatted(copy, fault.file()));
        }
        return new Damage(scene, fault.file(), true, new Spoilers.Copy(copy));
    }

    /// Returns the file inside the service's container, if it lies below a path that it declares
    /// there.
    private static Optional<ContainerFile> inside(Scene scene, String name) {
        Path path = Path.of(name).normalize();
        boolean there =
                scene.environment().writesInside(scene.service()).stream().anyMatch(path::startsWith);
        return there
                ? scene.container().map(container -> new ContainerFile(container.id(), path.toString()))
                : Optional.empty();
    }

    private static Path reached(Scene scene, ContainerFile file) {
        scene.root("damage of a file");
        Path path = file.from(scene.processes())
                .orElseThrow(() ->
                        new FaultException("the files of the container of %s cannot be seen from here, which needs root"
                                .formatted(scene.service())));
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FaultException(
                    "there is no file %s in the container of %s".formatted(file.path(), scene.service()));
        }
        return path;
    }

    /// Finds the file, and sees that it lies, with all links followed, below a declared path.
    private static Path declared(Scene scene, String name) {
        Path path = scene.directory().resolve(name).toAbsolutePath().normalize();
        List<Path> writes = scene.environment().writes(scene.service());
        if (writes.stream().noneMatch(path::startsWith)) {
            throw new FaultException("%s is none of the files of %s: its plan declares %s under `writes`"
                    .formatted(name, scene.service(), writes.isEmpty() ? "nothing" : writes));
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FaultException("there is no file %s".formatted(path));
        }
        try {
            Path real = path.toRealPath();
            for (Path declared : writes) {
                if (Files.exists(declared) && real.startsWith(declared.toRealPath())) {
                    return real;
                }
            }
            throw new FaultException("%s leads out of what %s may write, to %s".formatted(name, scene.service(), real));
        } catch (IOException e) {
            throw new FaultException("%s cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    @Override
    public List<UndoStep> undo() {
        try {
            prepare();
        } catch (IOException e) {
            throw new FaultException("%s cannot be copied: %s".formatted(file, e.getMessage()), e);
        }
        return List.of(restore());
    }

    /// A file of the container's own goes with it; one that lies on this machine stays.
    private UndoStep restore() {
        Optional<Path> lasting =
                inside.flatMap(found -> scene.container().flatMap(place -> found.mounted(place, file)));
        String aside = scene.aside().toString();
        return inside.isEmpty() || lasting.isPresent()
                ? new Restore(lasting.orElse(file).toString(), aside, whole)
                : new RestoreInside(inside.get().container(), inside.get().path(), aside, whole);
    }

    private void prepare() throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new FaultException("%s is larger than 2 GiB, more than is kept aside".formatted(file));
        }
        Files.createDirectories(scene.aside());
        Path original = scene.aside().resolve(Restore.ORIGINAL);
        Path damaged = scene.aside().resolve(Restore.DAMAGED);
        Files.copy(file, original, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(original, damaged, StandardCopyOption.REPLACE_EXISTING);
        try (RandomAccessFile copy = new RandomAccessFile(damaged.toFile(), "rw")) {
            spoiler.spoil(copy, scene);
        }
        force(original);
        force(damaged);
        force(scene.aside());
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void act() throws IOException {
        try (ThreeWay files = ThreeWay.open(file, scene.aside())) {
            files.damage();
        }
    }

    /// Takes the damage of a file of a container's own back, as [Restore].
    ///
    /// @param file inside the container
    record RestoreInside(String container, String file, String aside, boolean whole) implements UndoStep {
        @Override
        public String undo(Reach reach) throws InterruptedException, IOException {
            Optional<Path> path = new ContainerFile(container, file).from(reach.processes());
            if (path.isPresent()) {
                return new Restore(path.get().toString(), aside, whole).undo(reach);
            }
            if (reach.starts()) {
                throw new FaultException("%s cannot be restored while its container does not run".formatted(file));
            }
            // The container is removed, and its files with it.
            return "";
        }
    }

    /// Takes the damage back, unless the service has written there since.
    ///
    /// @param whole whether a file of which some is the service's own is left as it is: old and new
    ///     parts of one file together would be worse
    record Restore(String file, String aside, boolean whole) implements UndoStep {
        static final String ORIGINAL = "original";
        static final String DAMAGED = "damaged";

        @Override
        public String undo(Reach reach) throws IOException {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                return "";
            }
            try (ThreeWay files = ThreeWay.open(path, Path.of(aside))) {
                return switch (files.restore(whole)) {
                    case RESTORED -> "%s restored".formatted(path);
                    case NOTHING_TO_DO -> "";
                    case WRITTEN_SINCE -> "%s left as it is: it was written to since".formatted(path);
                };
            }
        }
    }
}
