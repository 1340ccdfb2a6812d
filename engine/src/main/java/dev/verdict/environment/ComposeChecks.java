package dev.verdict.environment;

import dev.verdict.environment.docker.ContainerRecord;
import dev.verdict.environment.docker.Engine;
import dev.verdict.environment.docker.EngineException;
import dev.verdict.journal.Event;
import dev.verdict.plan.ComposeFile;
import dev.verdict.plan.ComposeService;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Finds, before anything starts, what the engine would stumble over: images that cannot be had,
/// containers' names that are taken, and what the file takes for given and is not there.
record ComposeChecks(Surroundings run, Engine engine, List<Service> services, Optional<ComposeFile> file) {
    private static final Duration PULL = Duration.ofMinutes(15);

    /// @throws EnvironmentException that tells all of it, with places in the Compose file
    void check() throws InterruptedException {
        List<String> problems = new ArrayList<>(images());
        if (file.isPresent()) {
            for (Service service : services) {
                ComposeService found = file.get().services().get(service.name());
                if (found != null && found.containerName().isPresent()) {
                    taken(found.containerName().get()).ifPresent(problems::add);
                }
            }
            for (ComposeFile.Outside outside : file.get().outside()) {
                if (!isThere(outside)) {
                    problems.add("%s: there is no %s called %s, and it is none that Compose makes"
                            .formatted(
                                    outside.name().position(),
                                    outside.kind().name().toLowerCase(Locale.ROOT),
                                    outside.name().text()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new EnvironmentException(String.join("; ", problems));
        }
    }

    private boolean isThere(ComposeFile.Outside outside) throws InterruptedException {
        String name = outside.name().text();
        return switch (outside.kind()) {
            case NETWORK -> engine.networks().has(name);
            case VOLUME -> engine.volumes().has(name);
            case CONTAINER -> engine.containers().find(name).isPresent();
        };
    }

    private Optional<String> taken(ComposeService.Located name) throws InterruptedException {
        return engine.containers()
                .find(name.text())
                .map(ContainerRecord::id)
                .map(id -> "%s: a container is called %s already: %s"
                        .formatted(name.position(), name.text(), id.substring(0, Math.min(12, id.length()))));
    }

    /// Pulls what is not there, side by side, and says what could not be had.
    private List<String> images() throws InterruptedException {
        Map<String, String> wanted = new LinkedHashMap<>();
        Set<String> built = built();
        services.forEach(service -> image(service)
                .filter(image -> !built.contains(image.text()))
                .ifPresent(image -> wanted.merge(
                        image.text(), where(image) + " of service " + service.name(), (first, _) -> first)));
        Map<String, String> failures = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        wanted.forEach((image, where) ->
                threads.add(Thread.ofVirtual().name("image-" + image).start(() -> have(image, where, failures))));
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        }
        return wanted.keySet().stream()
                .filter(failures::containsKey)
                .map(failures::get)
                .toList();
    }

    /// Returns the names of images that Compose builds for one service, and others may use.
    private Set<String> built() {
        return services.stream()
                .map(service -> file.map(read -> read.services().get(service.name())))
                .flatMap(Optional::stream)
                .filter(ComposeService::builds)
                .flatMap(found -> found.image().stream())
                .map(ComposeService.Located::text)
                .collect(Collectors.toSet());
    }

    private static String where(ComposeService.Located image) {
        return image.position().line() == 0 ? "image " + image.text() : image.position() + ": image " + image.text();
    }

    private Optional<ComposeService.Located> image(Service service) {
        return switch (service.runs()) {
            case Runs.FromCompose _ ->
                file.map(read -> read.services().get(service.name()))
                        .filter(found -> !found.builds())
                        .flatMap(ComposeService::image);
            case Runs.Container(Runs.Source.Image(var name), var _, var _, var _, var _) ->
                Optional.of(new ComposeService.Located(
                        run.text(service.name(), name), new dev.verdict.plan.Position("", 0, 0)));
            case Runs.Container _, Runs.LocalProcess _, Runs.Existing _ -> Optional.empty();
        };
    }

    private void have(String image, String where, Map<String, String> failures) {
        try {
            if (!engine.images().has(image)) {
                run.journal().emit(new Event.ImagePreparing("pulling " + image));
                engine.images().pull(image, _ -> {}, PULL);
            }
        } catch (EngineException e) {
            failures.put(image, where + " is not here, and cannot be pulled: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.put(image, where + " was not looked for: interrupted");
        }
    }
}
