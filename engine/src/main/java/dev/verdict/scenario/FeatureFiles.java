package dev.verdict.scenario;

import dev.verdict.plan.Position;
import dev.verdict.plan.Problem;
import io.cucumber.core.gherkin.Feature;
import io.cucumber.core.gherkin.FeatureParserException;
import io.cucumber.core.gherkin.messages.GherkinMessagesFeatureParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads feature files, and collects what is wrong with them instead of stopping at the first.
final class FeatureFiles {
    private static final String SUFFIX = ".feature";

    /// Is more than any file written by a person.
    private static final long MAX_BYTES = 32 << 20;

    /// Splits `(12:3): expected: …`, as Gherkin's parser begins each of its messages.
    private static final Pattern PARSE_ERROR = Pattern.compile("^\\((\\d+):(\\d+)\\): (.*)$");

    private final GherkinMessagesFeatureParser parser = new GherkinMessagesFeatureParser();
    private final Path directory;
    private final Map<Path, FeatureFile> files = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private long ids;

    /// Reads the files, and those of the folders and their folders, in the order of their names.
    ///
    /// @param directory where relative paths start
    FeatureFiles(Path directory, List<String> features) {
        this.directory = directory;
        features.forEach(this::add);
    }

    /// Is a file that was read.
    ///
    /// @param uri relative to the directory, with `/`
    record FeatureFile(String uri, Path path, Feature feature) {}

    List<FeatureFile> files() {
        return List.copyOf(files.values());
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private void add(String entry) {
        Path path = directory.resolve(entry).normalize();
        if (!Files.exists(path)) {
            problems.add(problem(uri(path), 1, 1, "no such feature file or folder"));
        } else if (Files.isDirectory(path)) {
            walk(path);
        } else {
            read(path);
        }
    }

    private void walk(Path folder) {
        // A trailing "." makes the walk enter a folder that is itself a link.
        try (Stream<Path> found = Files.walk(folder.resolve("."))) {
            found.map(Path::normalize)
                    .filter(file -> file.toString().endsWith(SUFFIX) && Files.isRegularFile(file))
                    .sorted()
                    .forEach(this::read);
        } catch (IOException | java.io.UncheckedIOException e) {
            problems.add(problem(uri(folder), 1, 1, "the folder cannot be read: " + e.getMessage()));
        }
    }

    private void read(Path path) {
        if (files.containsKey(path)) {
            return;
        }
        String uri = uri(path);
        try {
            if (Files.size(path) > MAX_BYTES) {
                problems.add(problem(uri, 1, 1, "the file is larger than " + (MAX_BYTES >> 20) + " MiB"));
                return;
            }
            parse(path, decodable(Files.readAllBytes(path)))
                    .ifPresent(feature -> files.put(path, new FeatureFile(uri, path, feature)));
        } catch (FeatureParserException e) {
            problems.addAll(parseErrors(uri, Objects.requireNonNullElse(e.getMessage(), "")));
        } catch (IOException | RuntimeException e) {
            problems.add(problem(uri, 1, 1, "the file cannot be read: " + e));
        }
    }

    private Optional<Feature> parse(Path path, byte[] source) throws IOException {
        return parser.parse(path.toUri(), new ByteArrayInputStream(source), () -> new UUID(1, ++ids));
    }

    /// Turns UTF-16 with its byte order mark into UTF-8, which Gherkin's parser reads.
    private static byte[] decodable(byte[] bytes) {
        if (bytes.length < 2) {
            return bytes;
        }
        int mark = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        if (mark != 0xfeff && mark != 0xfffe) {
            return bytes;
        }
        Charset charset = StandardCharsets.UTF_16;
        return new String(bytes, charset).getBytes(StandardCharsets.UTF_8);
    }

    private static List<Problem> parseErrors(String uri, String message) {
        List<Problem> problems = new ArrayList<>();
        for (String line : message.lines().toList()) {
            Matcher matcher = PARSE_ERROR.matcher(line);
            if (matcher.matches()) {
                problems.add(problem(
                        uri, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), matcher.group(3)));
            }
        }
        return problems.isEmpty() ? List.of(problem(uri, 1, 1, message)) : problems;
    }

    private static Problem problem(String uri, int line, int column, String message) {
        return new Problem(new Position(uri, Math.max(1, line), Math.max(1, column)), message);
    }

    private String uri(Path path) {
        return directory.relativize(path).toString().replace('\\', '/');
    }
}
