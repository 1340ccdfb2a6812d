package dev.verdict.cli;

import java.nio.file.Path;
import java.util.List;

/// Does what most runs do, one after another, so that the launcher's AOT cache knows their classes.
/// What the commands answer does not matter.
final class Training {
    private Training() {}

    /// Runs the plan of a folder, then looks for the containers of another one's.
    public static void main(String[] folders) {
        var _ = Main.execute(List.of("run", folders[0]));
        // Its engine is named by DOCKER_HOST, and not there: up to then all is as with one.
        var _ = Main.execute(List.of("up", Path.of(folders[0], "containers").toString()));
        Main.exit(Exit.PASS);
    }
}
