package dev.verdict.load.client;

import dev.verdict.load.Slice;
import dev.verdict.load.wire.PlannedLoad;
import dev.verdict.load.wire.Trust;
import dev.verdict.load.wire.Tuning;
import dev.verdict.plan.Load;
import dev.verdict.plan.PlanException;
import dev.verdict.plan.Text;
import dev.verdict.proto.ProtoFiles;
import dev.verdict.proto.Rpc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Makes a load through clients of one that a plan describes.
public final class PlannedClients {
    /// Is how many events are read of a stream that has no end.
    private static final long MOST_EVENTS = 1_000_000;

    private PlannedClients() {}

    /// Is what a load needs to know of its run.
    ///
    /// @param directory the plan's folder
    /// @param unique what no other run has
    /// @param drivers where JDBC drivers are found
    public record Setting(Path directory, String unique, long seed, ClassLoader drivers) {}

    /// Returns the load.
    ///
    /// @param references answers what the plan's texts refer to
    /// @throws IOException if the feed or a `.proto` file cannot be read
    /// @throws PlanException if the feed or a `.proto` file is malformed
    /// @throws IllegalArgumentException if the load cannot be sent; the message says why
    public static ClientLoad of(Load load, Setting setting, Function<Text.Reference, String> references)
            throws IOException {
        long seed = setting.seed();
        List<ClientRequest> requests = new ArrayList<>();
        for (Load.Request request : load.requests()) {
            requests.add(request(request, setting, references));
        }
        return new ClientLoad(
                requests,
                PlannedLoad.feeds(load, setting.directory(), setting.unique()),
                PlannedLoad.pace(load, seed),
                Slice.WHOLE,
                seed,
                load.connections(),
                Tuning.DEFAULT.warmUp(),
                load.timeout(),
                load.maxErrors().orElse(Long.MAX_VALUE));
    }

    private static ClientRequest request(
            Load.Request request, Setting setting, Function<Text.Reference, String> references) throws IOException {
        String url = PlannedLoad.text(request.url(), references);
        List<String> words = request.words().stream()
                .map(word -> PlannedLoad.text(word, references))
                .toList();
        if (request.http2()) {
            return http2(request, url, references);
        }
        if (request.method().equals("GRPC")) {
            return grpc(request, url, setting.directory(), references);
        }
        Protocol protocol = switch (request.method()) {
            case "REDIS" -> new Protocol.Redis(Address.of(url));
            case "LINE" -> new Protocol.Lines(Address.of(url));
            case "MESSAGE" -> new Protocol.Messages(url, Trust.USUAL);
            case "SQL" -> new Protocol.Sql(url, setting.directory(), setting.drivers());
            case "EVENTS" -> {
                String until = words.isEmpty() ? "" : words.getFirst();
                yield new Protocol.Events(List.copyOf(request.headers().keySet()), until, MOST_EVENTS);
            }
            default -> throw new IllegalArgumentException(request.method() + " is not asked through a client");
        };
        return new ClientRequest(
                request.name(),
                request.weight(),
                protocol,
                protocol instanceof Protocol.Events
                        ? Stream.concat(
                                        Stream.of(url),
                                        request.headers().values().stream()
                                                .map(value -> PlannedLoad.text(value, references)))
                                .toList()
                        : words,
                contains(request),
                PlannedLoad.saves(request));
    }

    private static ClientRequest http2(Load.Request request, String url, Function<Text.Reference, String> references) {
        List<String> texts = new ArrayList<>(List.of(url, PlannedLoad.text(request.body(), references)));
        request.headers().values().forEach(text -> texts.add(PlannedLoad.text(text, references)));
        List<String> names = List.copyOf(request.headers().keySet());
        Protocol protocol = new Protocol.Http2(
                Protocol.Http2.origin(url), request.method(), names, request.statuses(), Trust.USUAL);
        return new ClientRequest(
                request.name(), request.weight(), protocol, texts, contains(request), PlannedLoad.saves(request));
    }

    private static ClientRequest grpc(
            Load.Request request, String at, Path directory, Function<Text.Reference, String> references)
            throws IOException {
        String method = request.words().getFirst().resolve(references);
        List<Path> files = request.words().stream()
                .skip(1)
                .map(file -> directory.resolve(file.resolve(references)))
                .toList();
        String body = PlannedLoad.text(request.body(), references);
        List<String> texts = new ArrayList<>(List.of(body.isBlank() ? "{}" : body));
        request.headers().values().forEach(text -> texts.add(PlannedLoad.text(text, references)));
        Optional<Rpc> rpc = files.isEmpty()
                ? Optional.empty()
                : Optional.of(ProtoFiles.read(files).method(method));
        Protocol protocol = new Protocol.Grpc(
                Protocol.Http2.origin(at.contains("://") ? at : "http://" + at),
                method,
                rpc,
                List.copyOf(request.headers().keySet()),
                Trust.USUAL);
        return new ClientRequest(
                request.name(), request.weight(), protocol, texts, contains(request), PlannedLoad.saves(request));
    }

    private static Optional<String> contains(Load.Request request) {
        return Optional.of(request.contains()).filter(text -> !text.isEmpty());
    }
}
