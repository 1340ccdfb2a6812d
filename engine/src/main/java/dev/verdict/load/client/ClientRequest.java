package dev.verdict.load.client;

import dev.verdict.load.wire.Template;
import java.util.List;
import java.util.Optional;

/// Is one kind of request of a load through clients.
///
/// @param name under which it is measured
/// @param weight how often it is drawn, beside the others
/// @param texts what is asked; they may hold `${number}`, that of the request in the whole load
/// @param contains what the answer must hold
public record ClientRequest(String name, int weight, Protocol protocol, List<String> texts, Optional<String> contains) {
    /// Checks that there is something to ask.
    ///
    /// @throws IllegalArgumentException if there is not
    public ClientRequest {
        texts = List.copyOf(texts);
        for (String text : texts) {
            for (String variable : Template.of(text).variables()) {
                if (!variable.equals("number")) {
                    throw new IllegalArgumentException(
                            "the request %s needs ${%s}, but has only ${number}".formatted(name, variable));
                }
            }
        }
        int needed = protocol instanceof Protocol.Calls ? 0 : 1;
        if (weight < 1 || texts.size() < needed) {
            throw new IllegalArgumentException("the request " + name + " asks nothing");
        }
    }
}
