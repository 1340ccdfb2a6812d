package dev.verdict.cli;

import dev.verdict.integrity.Comparison;
import dev.verdict.integrity.Digester;
import dev.verdict.integrity.Digester.Depth;
import dev.verdict.integrity.Entry;
import dev.verdict.integrity.Manifest;
import dev.verdict.integrity.ManifestJson;
import dev.verdict.integrity.Sum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Digests files, or compares them with digests made before.
@Command(
        name = "hash",
        description = "Digests files and folders (SHA-256), what an HTTP server answers, or files in a container, and"
                + " compares them with digests made before. With --check it exits 0 if all is as it was, 1 if not.")
final class HashCommand implements Callable<Integer> {
    private static final long MAX_SUMS = 64L << 20;

    private final Streams streams = new Streams();

    @Parameters(
            paramLabel = "SOURCE",
            arity = "0..*",
            description = "A file or folder, a URL, or container://NAME/PATH (default with --check: here).")
    private List<String> sources = List.of();

    @Option(
            names = "--manifest",
            description = "Print a manifest instead of sha256sum's lines: JSON, with a digest of each MiB, so that"
                    + " --check can say where a file differs.")
    private boolean manifest;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there what would be printed.")
    private @Nullable Path output;

    @Option(
            names = {"-c", "--check"},
            paramLabel = "FILE",
            description = "Compare with a manifest, or with a file of sha256sum's lines.")
    private @Nullable Path check;

    @Option(names = "--json", description = "With --check, print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Terminal terminal = streams.terminal();
        try (Digester digester = new Digester();
                var _ = new LiveLine(terminal, () -> "%,d MB digested".formatted(digester.digested() / 1_000_000))) {
            return check == null ? print(digester, terminal) : check(check, digester, terminal);
        }
    }

    private int print(Digester digester, Terminal terminal) throws IOException, InterruptedException {
        if (json) {
            throw new UsageException("--json goes with --check; --manifest prints JSON");
        }
        if (sources.isEmpty()) {
            throw new UsageException("nothing to digest is named; `verdict hash .` digests all that is here");
        }
        if (manifest && sources.size() > 1) {
            throw new UsageException("a manifest is of one source, a folder for instance");
        }
        StringBuilder text = new StringBuilder();
        for (String source : sources) {
            Manifest found = HashSource.of(source).manifest(digester, manifest ? Depth.BOTH : Depth.WHOLE);
            text.append(manifest ? ManifestJson.write(found) + "\n" : lines(source, found));
        }
        if (output == null) {
            terminal.out().print(text);
        } else {
            Files.writeString(output, text);
        }
        return Exit.PASS;
    }

    /// Names files as `sha256sum` would: by the way that leads to them from here.
    static String lines(String source, Manifest found) {
        boolean folder = Files.isDirectory(Path.of(source));
        StringBuilder lines = new StringBuilder();
        for (Entry entry : found.entries()) {
            if (entry.type() == Entry.Type.FILE) {
                String path = folder ? Path.of(source).resolve(entry.path()).toString() : source;
                lines.append(new Sum(entry.sha256(), path)).append('\n');
            }
        }
        return lines.toString();
    }

    private int check(Path file, Digester digester, Terminal terminal) throws IOException, InterruptedException {
        if (manifest || output != null || sources.size() > 1) {
            throw new UsageException("--check goes with at most one source, and not with --manifest or --output");
        }
        boolean sums = !beginsAsJson(file);
        Manifest before = sums ? Sum.manifest(readSums(file)) : ManifestJson.read(file);
        Manifest after = sums ? digester.manifest(named(before), Depth.WHOLE) : compared(digester);
        HashAnswer answer = new HashAnswer(before.entries().size(), Comparison.of(before, after));
        if (json) {
            terminal.out().println(answer.json());
        } else {
            answer.print(terminal);
        }
        return answer.exitCode();
    }

    private Manifest compared(Digester digester) throws IOException, InterruptedException {
        return HashSource.of(sources.isEmpty() ? "." : sources.getFirst()).manifest(digester, Depth.CHUNKS);
    }

    private static boolean beginsAsJson(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            int first = in.read();
            while (Character.isWhitespace(first)) {
                first = in.read();
            }
            return first == '{';
        }
    }

    private static List<Sum> readSums(Path file) throws IOException {
        if (Files.size(file) > MAX_SUMS) {
            throw new UsageException(file + " is larger than a file of sums may be, 64 MiB");
        }
        return Sum.read(file.toString(), Files.readAllLines(file));
    }

    /// As with `sha256sum`, paths start here, unless a folder is named.
    private Map<String, Path> named(Manifest sums) {
        Path root = Path.of(sources.isEmpty() ? "" : sources.getFirst());
        return sums.entries().stream().map(Entry::path).collect(Collectors.toMap(path -> path, root::resolve));
    }
}
