package dev.verdict.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds what a plan has use for of a Compose file: its services that are switched on, and its
/// variables.
///
/// Compose itself is asked to start it; this is read for names, ports and places.
///
/// @param version of the format that the first file names; empty if it names none
/// @param services by name, in the file's order
/// @param variables that the file may refer to, with those of `.env` and the plan
/// @param mistakes that keep the file from being used, with their places
/// @param newer what `docker-compose` 1.29 does not know, with its places
/// @param outside what the engine must have already
public record ComposeFile(
        String version,
        Map<String, ComposeService> services,
        Map<String, String> variables,
        List<Problem> mistakes,
        List<Problem> newer,
        List<Outside> outside) {
    /// Is the variable that Compose v2 sets to the project's name, which is each run's own.
    public static final String PROJECT_NAME = "COMPOSE_PROJECT_NAME";

    public ComposeFile {
        services = Ordered.copy(services);
        variables = Ordered.copy(variables);
        // What several services share is told once.
        mistakes = mistakes.stream().distinct().toList();
        newer = newer.stream().distinct().toList();
        outside = outside.stream().distinct().toList();
    }

    /// Is what somebody else has to make.
    public enum Kind {
        NETWORK,
        VOLUME,
        CONTAINER
    }

    /// Is something that a service uses and that neither the file nor Compose makes.
    ///
    /// @param name that the engine knows it by, with its place in the file
    public record Outside(Kind kind, ComposeService.Located name) {}

    /// Reads the files that a plan names.
    ///
    /// @param folder the plan's
    /// @param given variables that win over all others: the plan's, resolved
    /// @param environment the variables of the process
    public static ComposeFile read(
            Path folder, Compose compose, Map<String, String> given, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        List<Path> files = compose.files().stream()
                .map(file -> folder.resolve(file).normalize())
                .toList();
        Map<String, String> variables =
                new LinkedHashMap<>(ComposeVariables.read(envFiles(folder, compose, files.getFirst()), problems));
        variables.putAll(environment);
        variables.putAll(given);
        ComposeLayers layers = new ComposeLayers(new ComposeVariables(variables), problems);
        files.forEach(layers::add);
        List<String> profiles = compose.profiles().isEmpty()
                ? List.of(variables.getOrDefault("COMPOSE_PROFILES", "").split(","))
                : compose.profiles();
        Map<String, ComposeService> services =
                new ComposeReader(layers, profiles, files.getFirst().resolveSibling("")).services();
        return new ComposeFile(layers.version(), services, variables, problems, layers.newer(), layers.outside());
    }

    /// Returns the files that set variables: those of the plan, else `.env` beside the first file.
    private static List<Path> envFiles(Path folder, Compose compose, Path first) {
        if (!compose.envFiles().isEmpty()) {
            return compose.envFiles().stream().map(folder::resolve).toList();
        }
        return Optional.of(first.resolveSibling(".env")).filter(Files::isRegularFile).stream()
                .toList();
    }
}
