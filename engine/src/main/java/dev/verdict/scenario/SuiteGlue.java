package dev.verdict.scenario;

import dev.verdict.plan.Suite;
import io.cucumber.core.backend.Backend;
import io.cucumber.core.backend.ObjectFactory;
import io.cucumber.core.backend.ParameterTypeDefinition;
import io.cucumber.core.backend.StepDefinition;
import io.cucumber.core.eventbus.EventBus;
import io.cucumber.core.eventbus.UuidGenerator;
import io.cucumber.core.runner.Options;
import io.cucumber.core.runner.Runner;
import io.cucumber.core.snippets.SnippetType;
import io.cucumber.java.JavaBackendProviderService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Holds the step definitions of a suite: the built-in ones and the user's from its class path.
public final class SuiteGlue implements AutoCloseable {
    /// Is where the built-in step classes are.
    static final String BUILT_IN = "dev.verdict.scenario.steps";

    private final SuiteLoader loader;
    private final StepObjects objects = new StepObjects();
    private final Backend scanned;
    private final RecordedGlue recorded;

    /// Scans the class path once.
    ///
    /// @throws RuntimeException if a step class cannot be used; the message says why
    SuiteGlue(Path directory, Suite suite) {
        loader = new SuiteLoader(suite.name(), urls(directory, suite));
        scanned = new JavaBackendProviderService().create(objects, objects, () -> loader);
        recorded = new RecordedGlue(objects::guard);
        try {
            load(scanned, recorded, suite);
        } catch (RuntimeException | LinkageError e) {
            close();
            throw e;
        }
    }

    /// Returns a runner for one thread at a time.
    ///
    /// @param needed the steps that its scenarios use
    Runner runner(EventBus bus, Set<StepDefinition> needed) {
        return new Runner(bus, List.of(recorded.backend(scanned, needed)), objects, new RunnerOptions());
    }

    /// Returns every step definition.
    List<StepDefinition> steps() {
        return recorded.steps();
    }

    List<ParameterTypeDefinition> parameterTypes() {
        return recorded.parameterTypes();
    }

    /// Returns whether something is to run before or after the whole suite.
    boolean hasSuiteHooks() {
        return recorded.hasSuiteHooks();
    }

    StepObjects objects() {
        return objects;
    }

    ClassLoader loader() {
        return loader;
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void load(Backend scanned, RecordedGlue recorded, Suite suite) {
        scanned.loadGlue(recorded, List.of(uri(BUILT_IN)));
        List<String> empty = new ArrayList<>();
        for (String name : roots(suite.glue())) {
            int before = recorded.size();
            scanned.loadGlue(recorded, List.of(uri(name)));
            if (recorded.size() == before) {
                empty.add(name);
            }
        }
        if (!empty.isEmpty()) {
            throw new IllegalArgumentException("no step or hook is in package " + String.join(", ", empty)
                    + " on the class path [" + String.join(", ", suite.classpath()) + "]");
        }
    }

    /// Returns the packages without those inside of others, which are scanned with them.
    private static List<String> roots(List<String> packages) {
        return packages.stream()
                .distinct()
                .filter(name -> packages.stream().noneMatch(other -> name.startsWith(other + ".")))
                .toList();
    }

    private static URI uri(String name) {
        return URI.create("classpath:/" + name.replace('.', '/'));
    }

    private static URL[] urls(Path directory, Suite suite) {
        List<URL> urls = new ArrayList<>();
        for (String entry : suite.classpath()) {
            for (Path path : entries(directory, entry)) {
                try {
                    urls.add(path.toUri().toURL());
                } catch (MalformedURLException e) {
                    throw new IllegalArgumentException("not a class path entry: " + entry, e);
                }
            }
        }
        return urls.toArray(URL[]::new);
    }

    /// Returns the file or folder, or the jars of a folder for `lib/*`, in the order of their
    /// names.
    private static List<Path> entries(Path directory, String entry) {
        if (!entry.endsWith("/*")) {
            return List.of(directory.resolve(entry).normalize());
        }
        Path folder = directory.resolve(entry.substring(0, entry.length() - 2));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot list the class path entry " + entry + ": " + e.getMessage(), e);
        }
    }

    private record RunnerOptions() implements Options {
        @Override
        public boolean isDryRun() {
            return false;
        }

        @Override
        public List<URI> getGlue() {
            return List.of();
        }

        @Override
        public SnippetType getSnippetType() {
            return SnippetType.CAMELCASE;
        }

        @Override
        public @Nullable Class<? extends ObjectFactory> getObjectFactoryClass() {
            return null;
        }

        @Override
        public @Nullable Class<? extends UuidGenerator> getUuidGeneratorClass() {
            return null;
        }
    }
}
