package dev.verdict.environment.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.verdict.environment.docker.EngineException.Kind;
import dev.verdict.environment.docker.Wire.Call;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Copies files into and out of a container, running or not: streamed, and hashed on the way.
public final class Copies {
    private final Wire wire;
    private final String container;

    Copies(Wire wire, String container) {
        this.wire = wire;
        this.container = container;
    }

    /// Copies a file, or a folder with all below it, into a folder of the container, which must
    /// exist. Symbolic links stay links; owner is root.
    ///
    /// @return the files, in order
    public List<Copied> in(Path source, String folder, Duration limit) throws InterruptedException {
        TarOutput tar = new TarOutput();
        Call call = new Call(
                "PUT",
                Containers.path(container) + "/archive",
                "copy %s into container %s".formatted(source.getFileName(), container),
                Map.of("path", folder),
                null);
        try (Response response = wire.upload(call, tar.of(below(source)), limit)) {
            return response.getStatusCode() < 300 ? tar.copied() : List.of();
        }
    }

    private static Map<String, Path> below(Path source) {
        Path parent = source.toAbsolutePath().normalize().getParent();
        Map<String, Path> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(source.toAbsolutePath().normalize())) {
            all.sorted().forEach(file -> files.put((parent == null ? file : parent.relativize(file)).toString(), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /// Copies a file, or a folder with all below it, out of the container into a folder that
    /// exists. A name that would lead out of it is an error; devices and links are left out.
    ///
    /// @return the files, in order
    public List<Copied> out(String path, Path folder, Duration limit) throws InterruptedException {
        return read(path, limit, TarInput.into(folder));
    }

    /// Copies one file's content out of the container.
    ///
    /// @throws EngineException if the path is no file
    public Copied out(String path, OutputStream content, Duration limit) throws InterruptedException {
        List<Copied> files = read(path, limit, header -> content);
        if (files.size() != 1) {
            throw new EngineException(
                    Kind.REFUSED,
                    "%s in container %s is not one file: %d are there".formatted(path, container, files.size()));
        }
        return files.getFirst();
    }

    /// Reads a file, or all files of a folder; links and devices are left out.
    ///
    /// @param contents answers where the content of the file of this name goes, which is closed at
    ///     its end
    /// @return the files, in order
    public List<Copied> out(String path, Function<String, OutputStream> contents, Duration limit)
            throws InterruptedException {
        return read(path, limit, header -> contents.apply(header.name()));
    }

    private List<Copied> read(String path, Duration limit, TarInput.Target target) throws InterruptedException {
        Call call = Call.get(
                        Containers.path(container) + "/archive",
                        "copy %s out of container %s".formatted(path, container))
                .with(Map.of("path", path));
        try (Response response = wire.open(call, Wire.SOON)) {
            return wire.within(limit, call.what(), () -> new TarInput(response.getBody()).readAll(target));
        }
    }
}
