package dev.verdict.load.client;

import dev.verdict.load.wire.Save;
import dev.verdict.load.wire.Template;
import dev.verdict.load.wire.Variables;
import dev.verdict.proto.Rpc;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Is one kind of request of a load through clients.
///
/// @param name under which it is measured
/// @param weight how often it is drawn, beside the others
/// @param texts what is asked; they may hold variables, as `${number}`
/// @param contains what the answer must hold
/// @param saves what later requests of the same user need
public record ClientRequest(
        String name,
        int weight,
        Protocol protocol,
        List<String> texts,
        Optional<String> contains,
        List<Save.FromBody> saves) {
    /// Are variables whose values are known to be numbers or plain texts.
    private static final Set<String> KNOWN = Set.of("number", "unique");

    /// Checks that there is something to ask.
    ///
    /// @throws IllegalArgumentException if there is not
    public ClientRequest {
        texts = List.copyOf(texts);
        saves = List.copyOf(saves);
        int needed = protocol instanceof Protocol.Calls ? 0 : 1;
        if (weight < 1 || texts.size() < needed) {
            throw new IllegalArgumentException("the request " + name + " asks nothing");
        }
        if (protocol instanceof Protocol.Grpc grpc && grpc.rpc().isPresent()) {
            check(name, grpc.rpc().get(), Template.of(texts.getFirst()));
        }
    }

    /// Checks a message before anything is sent, unless it depends on what only comes then.
    private static void check(String name, Rpc rpc, Template message) {
        if (KNOWN.containsAll(message.variables())) {
            try {
                List<byte[]> _ = rpc.encode(message.fill(_ -> "0"));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the request " + name + ": " + e.getMessage(), e);
            }
        }
    }

    /// Returns what it needs, and what it gives.
    Variables.Kind kind() {
        return Variables.Kind.of(name, texts.stream().map(Template::of).toList(), saves);
    }
}
