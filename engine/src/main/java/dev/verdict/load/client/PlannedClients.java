package dev.verdict.load.client;

import dev.verdict.load.Slice;
import dev.verdict.load.wire.PlannedLoad;
import dev.verdict.plan.Load;
import dev.verdict.plan.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Makes a load through clients of one that a plan describes.
public final class PlannedClients {
    /// Is how many events are read of a stream that has no end.
    private static final long MOST_EVENTS = 1_000_000;

    private PlannedClients() {}

    /// Returns the load.
    ///
    /// @param references answers what the plan's texts refer to
    /// @throws IllegalArgumentException if the load cannot be sent; the message says why
    public static ClientLoad of(Load load, long seed, Function<Text.Reference, String> references) {
        return new ClientLoad(
                load.requests().stream()
                        .map(request -> request(request, references))
                        .toList(),
                PlannedLoad.pace(load, seed),
                Slice.WHOLE,
                seed,
                load.connections(),
                load.timeout(),
                load.maxErrors().orElse(Long.MAX_VALUE));
    }

    private static ClientRequest request(Load.Request request, Function<Text.Reference, String> references) {
        String url = PlannedLoad.text(request.url(), references);
        List<String> words = request.words().stream()
                .map(word -> PlannedLoad.text(word, references))
                .toList();
        if (request.http2()) {
            return http2(request, url, references);
        }
        Protocol protocol = switch (request.method()) {
            case "REDIS" -> new Protocol.Redis(Address.of(url));
            case "LINE" -> new Protocol.Lines(Address.of(url));
            case "MESSAGE" -> new Protocol.Messages(url);
            case "EVENTS" -> {
                Map<String, String> headers = new LinkedHashMap<>();
                request.headers().forEach((name, text) -> headers.put(name, PlannedLoad.text(text, references)));
                yield new Protocol.Events(headers, words.isEmpty() ? "" : words.getFirst(), MOST_EVENTS);
            }
            default -> throw new IllegalArgumentException(request.method() + " is not asked through a client");
        };
        return new ClientRequest(
                request.name(),
                request.weight(),
                protocol,
                protocol instanceof Protocol.Events ? List.of(url) : words,
                contains(request));
    }

    private static ClientRequest http2(Load.Request request, String url, Function<Text.Reference, String> references) {
        List<String> texts = new ArrayList<>(List.of(url, PlannedLoad.text(request.body(), references)));
        request.headers().values().forEach(text -> texts.add(PlannedLoad.text(text, references)));
        List<String> names = List.copyOf(request.headers().keySet());
        Protocol protocol = new Protocol.Http2(request.method(), names, request.statuses(), false);
        return new ClientRequest(request.name(), request.weight(), protocol, texts, contains(request));
    }

    private static Optional<String> contains(Load.Request request) {
        return Optional.of(request.contains()).filter(text -> !text.isEmpty());
    }
}
