package dev.verdict.gateway;

import dev.verdict.plan.HttpFault;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Is what an HTTP fault does to an answer.
interface HttpChange {
    /// Makes the change of a fault for one link: the one place that knows every HTTP kind.
    static HttpChange of(HttpFault fault) {
        return switch (fault) {
            case HttpFault.HttpStatus(int status) -> answer -> answer.status(status);
            case HttpFault.HttpHeader(String name, Optional<String> value) -> answer -> answer.header(name, value);
            case HttpFault.HttpBody(String text) ->
                answer -> {
                    answer.header("Content-Encoding", Optional.empty());
                    answer.body(text.getBytes(StandardCharsets.UTF_8));
                };
            case HttpFault.HttpEdit edit -> new HttpEditing(edit);
            case HttpFault.HttpReplay _ -> new HttpReplaying();
        };
    }

    /// Changes the answer.
    void change(HttpMessage answer);

    /// Tells whether it has something to change; an answer for which it has not does not count.
    default boolean concerns(HttpMessage answer) {
        return true;
    }

    /// Tells whether it needs to see the whole body.
    default boolean needsBody() {
        return false;
    }
}
