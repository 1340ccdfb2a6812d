package dev.verdict.cli;

import dev.verdict.integrity.Digester;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Answers `verdict hash PATH…` in a script as [HashCommand] would, but without the command line's
/// library, which takes as long to load as half a GB to digest.
final class QuickHash {
    private QuickHash() {}

    /// Says whether this is asked: files and folders alone, and no options. Nobody may be watching,
    /// since there is no progress.
    static boolean fits(List<String> args) {
        if (args.size() < 2 || !args.getFirst().equals("hash")) {
            return false;
        }
        for (String arg : args.subList(1, args.size())) {
            if (!isHere(arg)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHere(String arg) {
        // An option, options from a file, or a URL, whatever files are called so.
        boolean words = arg.startsWith("-") || arg.startsWith("@") || arg.contains("://");
        return !words && Files.exists(Path.of(arg));
    }

    /// Prints nothing if one of the files cannot be digested.
    static void answer(List<String> args, PrintStream out) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        try (Digester digester = new Digester()) {
            for (String file : args.subList(1, args.size())) {
                text.append(HashCommand.lines(file, digester.manifest(Path.of(file), Digester.Depth.WHOLE)));
            }
        }
        out.print(text);
        out.flush();
    }
}
