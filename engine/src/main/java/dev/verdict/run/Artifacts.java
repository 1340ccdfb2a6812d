package dev.verdict.run;

import dev.verdict.integrity.Generator;
import dev.verdict.integrity.IntegrityException;
import dev.verdict.integrity.Recipe;
import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.plan.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes a plan's artifacts, in a folder where later runs find them again: `.verdict/artifacts`.
///
/// What is there is compared byte by byte before it is used again. Where the disk has no room,
/// artifacts of other plans and sizes make it, those first that were used longest ago.
///
/// @param folder where they lie
/// @param runs on the disk where the system makes its copies
record Artifacts(Path folder, Path runs, Journal journal) {
    /// Is more than any disk has, and small enough to be added up.
    private static final double MOST = 1L << 50;

    /// Of runs that may still go on nothing is taken away.
    private static final Duration LEAST_AGE = Duration.ofHours(1);

    /// Makes what is missing.
    ///
    /// @return what a plan may ask of each, as `artifact.model.path`
    /// @throws IntegrityException if there is no room for all of them and their copies
    Map<String, String> make(Collection<Artifact> artifacts) throws IOException {
        if (artifacts.isEmpty()) {
            return Map.of();
        }
        Files.createDirectories(folder);
        requireRoom(artifacts);
        Map<String, String> facts = new HashMap<>();
        for (Artifact artifact : artifacts) {
            Generator.Artifact made = make(artifact);
            Files.setLastModifiedTime(made.file(), FileTime.fromMillis(System.currentTimeMillis()));
            journal.emit(new Event.ArtifactReady(
                    artifact.name(), made.file().toString(), made.size(), made.sha256(), made.reused()));
            String first = "artifact." + artifact.name() + ".";
            facts.put(first + "path", made.file().toString());
            facts.put(first + "sha256", made.sha256());
            facts.put(first + "size", Long.toString(made.size()));
        }
        return facts;
    }

    private Generator.Artifact make(Artifact artifact) throws IOException {
        Recipe recipe = new Recipe(artifact.size(), artifact.seed());
        Path file = file(artifact);
        try {
            return new Generator().make(recipe, file);
        } catch (IntegrityException e) {
            if (!Files.exists(file)) {
                throw e;
            }
            // A run before this one, or somebody else, wrote into it: it is made anew.
            Files.delete(file);
            return new Generator().make(recipe, file);
        }
    }

    private Path file(Artifact artifact) {
        return folder.resolve("%d-%d.bin".formatted(artifact.size(), artifact.seed()));
    }

    /// Makes sure that the disk has room for what is not there yet, and for all copies.
    private void requireRoom(Collection<Artifact> artifacts) throws IOException {
        Set<Path> wanted = artifacts.stream().map(this::file).collect(Collectors.toSet());
        long missing = artifacts.stream()
                .filter(artifact -> !Files.exists(file(artifact)))
                .mapToLong(Artifact::size)
                .sum();
        long copies = artifacts.stream()
                .mapToLong(artifact -> (long) Math.min(MOST, (double) artifact.size() * artifact.copies()))
                .sum();
        List<Path> others = others(wanted);
        boolean fits = false;
        while (!fits) {
            try {
                Generator.requirePlace(missing + copies, runs);
                fits = true;
            } catch (IntegrityException e) {
                if (others.isEmpty()) {
                    throw new IntegrityException("the artifacts need %,d bytes and %,d more for their copies: %s"
                            .formatted(missing, copies, e.getMessage()));
                }
                Files.delete(others.removeFirst());
            }
        }
    }

    /// Returns artifacts that this plan does not use, those first that were used longest ago.
    private List<Path> others(Set<Path> wanted) throws IOException {
        record Found(Path file, FileTime used) {}
        Instant before = Instant.now().minus(LEAST_AGE);
        List<Found> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(".bin") && !wanted.contains(file)) {
                    found.add(new Found(file, Files.getLastModifiedTime(file)));
                }
            }
        }
        return found.stream()
                .filter(one -> one.used().toInstant().isBefore(before))
                .sorted(Comparator.comparing(Found::used))
                .map(Found::file)
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
