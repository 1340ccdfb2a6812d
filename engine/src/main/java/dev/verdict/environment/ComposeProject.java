package dev.verdict.environment;

import dev.verdict.journal.Event;
import dev.verdict.plan.Compose;
import dev.verdict.plan.ComposeFile;
import dev.verdict.plan.ComposeService;
import dev.verdict.plan.Problem;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Is the Compose project of one run: what the user's files hold, and what the plan adds.
///
/// One command runs at a time. What is asked for while one runs is started together by the next.
final class ComposeProject {
    /// Bounds one command: images may have to be pulled and built.
    private static final Duration UP = Duration.ofMinutes(30);

    private static final String OVERRIDE = "compose-override.json";
    private static final Path INPUT = Path.of("/dev/stdin");

    private final Surroundings run;
    private final ContainerSystem.Tools tools;
    private final List<Service> services;
    private final Optional<Compose> compose;
    private final String name;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> asked = new LinkedHashMap<>();
    private Optional<ComposeFile> file = Optional.empty();
    private Optional<String> unusable = Optional.empty();
    private Optional<String> aborted = Optional.empty();
    private ComposeTool.@Nullable Running running;
    /// Was started ahead of time, and waits for the override on its input.
    private ComposeTool.@Nullable Running ahead;
    private @Nullable Thread worker;
    private boolean closed;

    ComposeProject(Surroundings run, ContainerSystem.Tools tools, List<Service> services) {
        this.run = run;
        this.tools = tools;
        this.services = List.copyOf(services);
        this.compose = services.stream()
                .map(Service::runs)
                .filter(Runs.FromCompose.class::isInstance)
                .map(runs -> ((Runs.FromCompose) runs).compose())
                .findFirst();
        this.name = "verdict-"
                + run.folder().id().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "")
                + "-" + run.processes().mark().nonce().substring(0, 6);
    }

    /// Returns the project's name, which no other run has.
    String name() {
        return name;
    }

    /// Says why nothing of it can be started.
    Optional<String> unusable() {
        return unusable;
    }

    Optional<ComposeFile> file() {
        return file;
    }

    /// Reads the user's files with the run's own variables, and checks that there is an engine and
    /// that images can be had. What is wrong is kept until somebody wants to start.
    void read() throws InterruptedException {
        try {
            if (compose.isPresent()) {
                read(compose.get());
            }
            if (tools.compose().isScript()) {
                startAhead();
            }
            new ComposeChecks(run, tools.engine(), services, file).check();
            Files.writeString(override(), new ComposeOverride(run, file).json(services));
        } catch (EnvironmentException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            refuse("the Compose override cannot be written: " + e.getMessage());
        }
    }

    private void refuse(String why) throws InterruptedException {
        unusable = Optional.of(why);
        end();
    }

    /// Starts the first command, so that it has come to its files when everything is looked at. It
    /// does nothing before it has the last of them, the override.
    private synchronized void startAhead() {
        Set<String> names = ContainerSystem.first(services);
        if (!closed && !names.isEmpty() && builders(names).isEmpty()) {
            ComposeTool.Running started = start(up(names), INPUT, ProcessBuilder.Redirect.PIPE);
            ahead = started;
            running = started;
        }
    }

    private void read(Compose given) throws InterruptedException {
        Map<String, String> env = new LinkedHashMap<>();
        given.env().forEach((key, text) -> env.put(key, run.text("", text)));
        env.put(ComposeFile.PROJECT_NAME, name);
        ComposeFile read = ComposeFile.read(run.plan().directory(), given, env, System.getenv());
        if (!read.mistakes().isEmpty()) {
            throw new EnvironmentException(told(read.mistakes()));
        }
        Optional<String> first =
                read.newer().isEmpty() ? Optional.empty() : tools.compose().first();
        if (first.isPresent()) {
            throw new EnvironmentException(
                    "%s: docker-compose %s is what is here, and newer syntax needs Compose v2 (`docker compose`)"
                            .formatted(told(read.newer()), first.get()));
        }
        file = Optional.of(read);
        variables.putAll(read.variables());
    }

    private static String told(List<Problem> problems) {
        return problems.stream().map(Problem::toString).distinct().collect(Collectors.joining("; "));
    }

    private Path override() {
        return run.folder().root().resolve(OVERRIDE);
    }

    // Up

    /// Starts what needs nobody outside, all of it together.
    synchronized void begin() {
        for (String service : ContainerSystem.first(services)) {
            var _ = up(service);
        }
    }

    /// Asks for a service; the answer completes when the command that starts it has ended.
    synchronized CompletableFuture<Void> up(String service) {
        CompletableFuture<Void> known = asked.get(service);
        if (known != null) {
            return known;
        }
        CompletableFuture<Void> answer = new CompletableFuture<>();
        if (unusable.isPresent() || closed) {
            answer.completeExceptionally(new EnvironmentException(unusable.orElse("it is being taken down")));
            return answer;
        }
        asked.put(service, answer);
        if (worker == null) {
            worker = Thread.ofVirtual().name("compose-up").start(this::work);
        }
        return answer;
    }

    private void work() {
        Set<String> done = new LinkedHashSet<>();
        while (true) {
            Map<String, CompletableFuture<Void>> next = next(done);
            if (next.isEmpty()) {
                return;
            }
            done.addAll(next.keySet());
            try {
                Set<String> builders = builders(next.keySet());
                if (!builders.isEmpty()) {
                    await(command(withNames(List.of("build"), builders)));
                }
                Optional<ComposeTool.Running> waiting = ahead();
                ComposeTool.Running command = waiting.orElseGet(() -> command(up(next.keySet())));
                if (waiting.isPresent()) {
                    command.give(Files.readString(override()));
                }
                await(command);
                next.values().forEach(answer -> answer.complete(null));
            } catch (EnvironmentException | InterruptedException | IOException e) {
                Exception why =
                        aborted().<Exception>map(EnvironmentException::new).orElse(e);
                next.values().forEach(answer -> answer.completeExceptionally(why));
            }
        }
    }

    private void await(ComposeTool.Running command) throws InterruptedException {
        command.await(
                UP,
                step -> run.journal()
                        .emit(new Event.ImagePreparing(run.redactor().redact(step))));
    }

    private synchronized Optional<String> aborted() {
        return aborted;
    }

    /// Ends a command that runs: what it waits for will not come.
    synchronized void abort(String why) {
        if (running != null && running.process().isAlive()) {
            aborted = Optional.of(why);
            running.process().destroyForcibly();
        }
    }

    /// Returns what was asked for meanwhile; if nothing was, the work is over.
    private synchronized Map<String, CompletableFuture<Void>> next(Set<String> done) {
        Map<String, CompletableFuture<Void>> next = new LinkedHashMap<>(asked);
        next.keySet().removeAll(done);
        if (next.isEmpty() || closed) {
            worker = null;
            return Map.of();
        }
        return next;
    }

    private synchronized ComposeTool.Running command(List<String> words) {
        if (closed) {
            throw new EnvironmentException("it is being taken down");
        }
        ComposeTool.Running started = start(words, override(), ProcessBuilder.Redirect.from(new File("/dev/null")));
        running = started;
        return started;
    }

    /// Returns the command that was started ahead, once: it is for what was asked for first.
    private synchronized Optional<ComposeTool.Running> ahead() {
        Optional<ComposeTool.Running> first = Optional.ofNullable(ahead);
        ahead = null;
        return first;
    }

    private boolean builds(Set<String> names) {
        return services.stream()
                .filter(service -> names.contains(service.name()))
                .anyMatch(service -> switch (service.runs()) {
                    case Runs.Container container -> container.source() instanceof Runs.Source.Build;
                    case Runs.FromCompose _ ->
                        found(service).map(ComposeService::builds).orElse(false);
                    case Runs.LocalProcess _, Runs.Existing _ -> false;
                });
    }

    private Optional<ComposeService> found(Service service) {
        return file.map(read -> read.services().get(service.name()));
    }

    /// Returns those whose images others of the file use as well: they must be built first, since
    /// Compose goes through services in no order that one could rely on.
    private Set<String> builders(Set<String> names) {
        List<ComposeService> all = services.stream()
                .filter(service -> names.contains(service.name()))
                .flatMap(service -> found(service).stream())
                .toList();
        Set<String> used = all.stream()
                .filter(found -> !found.builds())
                .flatMap(found -> found.image().stream())
                .map(ComposeService.Located::text)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(ComposeService::builds)
                .filter(found -> found.image().stream().anyMatch(image -> used.contains(image.text())))
                .map(ComposeService::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<String> up(Set<String> names) {
        return withNames(builds(names) ? List.of("up", "-d", "--build") : List.of("up", "-d"), names);
    }

    private static List<String> withNames(List<String> words, Set<String> names) {
        return Stream.concat(words.stream(), names.stream()).toList();
    }

    private ComposeTool.Running start(List<String> action, Path override, ProcessBuilder.Redirect input) {
        List<String> words = new ArrayList<>(
                List.of("-p", name, "--project-directory", directory().toString()));
        compose.ifPresent(given -> {
            given.files()
                    .forEach(each -> words.addAll(
                            List.of("-f", run.plan().directory().resolve(each).toString())));
            given.profiles().forEach(profile -> words.addAll(List.of("--profile", profile)));
        });
        words.addAll(List.of("-f", override.toString()));
        words.addAll(action);
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("DOCKER_HOST", tools.address().host());
        environment.putAll(run.processes().mark().variables(""));
        return tools.compose()
                .start(
                        words,
                        directory(),
                        environment,
                        input,
                        run.folder().root().resolve("compose.log"));
    }

    private Path directory() {
        Path plan = run.plan().directory();
        return compose.map(given -> plan.resolve(given.files().getFirst())
                        .toAbsolutePath()
                        .normalize()
                        .getParent())
                .orElse(plan.toAbsolutePath());
    }

    // Down

    /// Ends a command that runs, and tells whether there was one: what it asked the engine for may
    /// still appear.
    boolean end() throws InterruptedException {
        ComposeTool.Running last;
        synchronized (this) {
            closed = true;
            last = running;
        }
        boolean cut = last != null && last.process().isAlive();
        if (last != null) {
            last.process().destroyForcibly();
            last.process().waitFor();
        }
        return cut;
    }
}
