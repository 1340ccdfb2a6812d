package relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Looks into a folder for files that are complete: not named as one that is being written
/// (`.name`, `name.part`), and the same at two looks. What was sent is noted in another folder.
final class Inbox {
    private final Path folder;
    private final Path notes;
    private Map<Path, String> seen = new HashMap<>();

    Inbox(Path folder, Path notes) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.notes = Files.createDirectories(notes);
    }

    /// Returns files that are complete and not sent.
    List<Path> look() throws IOException {
        Map<Path, String> now = new HashMap<>();
        List<Path> complete = new ArrayList<>();
        for (Path file : Disk.list(folder)) {
            String name = file.getFileName().toString();
            if (name.startsWith(".") || name.endsWith(".part") || !Files.isRegularFile(file)) {
                continue;
            }
            try {
                String stamp = stamp(file);
                now.put(file, stamp);
                if (stamp.equals(seen.get(file)) && !stamp.equals(noted(file))) {
                    complete.add(file);
                }
            } catch (NoSuchFileException e) {
                System.out.println(name + " is gone before it was sent");
            }
        }
        seen = now;
        return complete;
    }

    void sent(Path file) throws IOException {
        Disk.write(note(file), stamp(file));
    }

    private String noted(Path file) throws IOException {
        return Files.exists(note(file)) ? Files.readString(note(file)) : "";
    }

    private Path note(Path file) {
        return notes.resolve(file.getFileName() + ".sent");
    }

    private static String stamp(Path file) throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
    }
}
