package dev.verdict.cli;

import dev.verdict.integrity.Generator;
import dev.verdict.integrity.Generator.Artifact;
import dev.verdict.integrity.Recipe;
import dev.verdict.integrity.Sum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a file of random-looking bytes that are the same wherever it is made.
@Command(
        name = "generate",
        description = "Makes a file for tests: incompressible, no two blocks alike, and byte for byte the same on every"
                + " machine for the same size and seed. Prints its SHA-256. A file that is there is compared and kept.")
final class GenerateCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Parameters(paramLabel = "FILE", description = "Where it is to lie.")
    private Path file = Path.of("");

    @Option(names = "--size", required = true, paramLabel = "SIZE", description = "How large it is, as 5MB or 1GiB.")
    private String size = "";

    @Option(names = "--seed", required = true, paramLabel = "N", description = "A whole number that makes its bytes.")
    private Long seed = 0L;

    @Override
    public Integer call() throws IOException {
        Recipe recipe = new Recipe(Quantity.bytes(size), seed);
        Generator generator = new Generator();
        Terminal terminal = streams.terminal();
        Artifact artifact;
        try (var _ = new Interrupt(generator::stop);
                var _ = new LiveLine(
                        terminal,
                        () -> "%,d of %,d MB".formatted(generator.made() / 1_000_000, recipe.size() / 1_000_000))) {
            artifact = generator.make(recipe, file);
        }
        if (artifact.reused()) {
            terminal.err().println(file + " was there, with just these bytes");
        }
        terminal.out().println(new Sum(artifact.sha256(), file.toString()));
        return Exit.PASS;
    }
}
