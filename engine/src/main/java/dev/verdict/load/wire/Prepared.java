package dev.verdict.load.wire;

import dev.verdict.http.Headers;
import dev.verdict.http.HttpRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Is a request made ready to be sent: one without variables is but bytes, always the same. Belongs
/// to one loop.
final class Prepared {
    private final LoadRequest request;
    private final Variables variables;
    private final boolean keepAlive;
    private final Template url;
    private final Template body;
    private final Map<String, Template> headers = new LinkedHashMap<>();
    private final URI sample;
    private final @Nullable ByteBuffer constant;

    /// Prepares a request.
    ///
    /// @throws IllegalArgumentException if it cannot be sent, with the reason
    Prepared(LoadRequest request, Variables variables, boolean keepAlive) {
        this.request = request;
        this.variables = variables;
        this.keepAlive = keepAlive;
        this.url = Template.of(request.url());
        this.body = Template.of(request.body());
        request.headers().forEach((name, value) -> headers.put(name, Template.of(value)));
        HttpRequest tried = filled(_ -> "1");
        this.sample = tried.uri();
        if (url.pieces().getFirst().indexOf('/', "https://".length()) < 0 && !url.constant()) {
            throw new IllegalArgumentException(
                    "the URL " + request.url() + " has a variable before its path; host and port must be fixed");
        }
        this.constant = Variables.Kind.of(request).needs().isEmpty() ? direct(tried.encoded(keepAlive)) : null;
    }

    LoadRequest request() {
        return request;
    }

    /// Returns the URL, with some values for the variables.
    URI sample() {
        return sample;
    }

    /// Returns the bytes to be sent; the buffer is valid until the next call.
    ///
    /// @throws IllegalArgumentException if a value cannot be sent
    ByteBuffer bytes(long index, Map<String, String> saved) {
        if (constant != null) {
            return constant.rewind();
        }
        return ByteBuffer.wrap(
                filled(name -> variables.value(name, index, saved)).encoded(keepAlive));
    }

    private HttpRequest filled(Function<String, String> values) {
        Map<String, String> fields = new LinkedHashMap<>();
        headers.forEach((name, value) -> fields.put(name, value.fill(values)));
        URI uri = URI.create(url.fillEscaped(values));
        byte[] bytes = body.fill(values).getBytes(StandardCharsets.UTF_8);
        return new HttpRequest(request.method(), uri, Headers.of(fields), bytes);
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
