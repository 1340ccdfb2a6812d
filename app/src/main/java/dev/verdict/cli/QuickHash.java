package dev.verdict.cli;

import dev.verdict.integrity.Digester;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// Answers `verdict hash FILE…` in a script as [HashCommand] would, but without the command line's
/// library, which takes as long to load as half a GB to digest.
final class QuickHash {
    private QuickHash() {}

    /// Says whether this is asked: files alone, no options, and nobody who watches a terminal.
    static boolean fits(List<String> args, boolean watched) {
        return !watched
                && args.size() > 1
                && args.getFirst().equals("hash")
                && args.stream().skip(1).allMatch(QuickHash::isFile);
    }

    private static boolean isFile(String arg) {
        // An option, or options from a file, whatever files are called so.
        boolean words = arg.startsWith("-") || arg.startsWith("@");
        return !words && Files.isRegularFile(Path.of(arg), LinkOption.NOFOLLOW_LINKS);
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
