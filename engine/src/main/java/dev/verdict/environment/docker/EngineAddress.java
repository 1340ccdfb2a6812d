package dev.verdict.environment.docker;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Says where a Docker engine listens, found as the `docker` command finds it.
///
/// @param host as in `DOCKER_HOST`: `unix:///PATH` or `tcp://HOST:PORT`
/// @param certificates the folder of `ca.pem`, `cert.pem` and `key.pem`, where TLS is spoken
public record EngineAddress(String host, Optional<Path> certificates) {
    private static final String DEFAULT = "unix:///var/run/docker.sock";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Finds the engine by `DOCKER_HOST`, else by the context of `DOCKER_CONTEXT` or of the user's
    /// `config.json`, else at the usual socket.
    ///
    /// @param environment variables, as of the process
    /// @throws EngineException if the context does not exist or leads where Verdict cannot go
    public static EngineAddress find(Map<String, String> environment) {
        Path config = config(environment);
        String host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isEmpty()) {
            boolean tls = !environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty();
            String folder = environment.getOrDefault("DOCKER_CERT_PATH", "");
            return new EngineAddress(
                    host, tls ? Optional.of(folder.isEmpty() ? config : Path.of(folder)) : Optional.empty());
        }
        String context = environment.getOrDefault("DOCKER_CONTEXT", "");
        context = context.isEmpty() ? currentContext(config) : context;
        return context.isEmpty() || context.equals("default")
                ? new EngineAddress(DEFAULT, Optional.empty())
                : ofContext(config, context);
    }

    private static Path config(Map<String, String> environment) {
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        return folder.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".docker")
                : Path.of(folder);
    }

    private static String currentContext(Path config) {
        Path file = config.resolve("config.json");
        return Files.isRegularFile(file) ? read(file).path("currentContext").asString("") : "";
    }

    private static EngineAddress ofContext(Path config, String context) {
        String digest = sha256(context);
        Path file = config.resolve("contexts").resolve("meta").resolve(digest).resolve("meta.json");
        if (!Files.isRegularFile(file)) {
            throw unreachable("there is no Docker context %s: `docker context ls` lists them".formatted(context));
        }
        String host = read(file).path("Endpoints").path("docker").path("Host").asString("");
        if (host.isEmpty()) {
            throw unreachable("the Docker context %s names no host".formatted(context));
        }
        Path certificates =
                config.resolve("contexts").resolve("tls").resolve(digest).resolve("docker");
        return new EngineAddress(host, Files.isDirectory(certificates) ? Optional.of(certificates) : Optional.empty());
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException | JacksonException e) {
            throw new EngineException(
                    EngineException.Kind.UNREACHABLE,
                    "Docker's settings in %s cannot be read: %s".formatted(file, e.getMessage()),
                    e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Tells whether containers are processes of this machine, and published ports are on its
    /// loopback address.
    public boolean local() {
        return host.startsWith("unix:");
    }

    /// Returns where published ports are reached.
    public String machine() {
        return local() ? "127.0.0.1" : Optional.ofNullable(uri().getHost()).orElse("127.0.0.1");
    }

    /// Returns the address for the transport.
    ///
    /// @throws EngineException if it is of a kind that Verdict does not speak
    URI uri() {
        try {
            URI uri = URI.create(host.startsWith("http://") ? "tcp" + host.substring(4) : host);
            if ("unix".equals(uri.getScheme()) || ("tcp".equals(uri.getScheme()) && uri.getPort() > 0)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    EngineException.Kind.UNREACHABLE, "%s is no address of a Docker engine".formatted(host), e);
        }
        throw unreachable(
                "%s is not supported: set DOCKER_HOST to unix:///PATH or tcp://HOST:PORT (for ssh, forward the engine's socket with `ssh -L`)"
                        .formatted(host));
    }

    private static EngineException unreachable(String message) {
        return new EngineException(EngineException.Kind.UNREACHABLE, message);
    }
}
