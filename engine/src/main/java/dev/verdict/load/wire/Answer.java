package dev.verdict.load.wire;

import dev.verdict.http.Headers;
import dev.verdict.http.HttpFailure;
import dev.verdict.http.HttpLimits;
import dev.verdict.http.HttpResponse;
import dev.verdict.http.ResponseHead;
import dev.verdict.http.ResponseSink;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.FirstDifference;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at the answer to one request of a user after the other. It keeps the headers and the body
/// only if somebody asks for them.
final class Answer implements ResponseSink {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private final Map<String, String> saved;
    private final HttpLimits limits;
    private LoadRequest request = LoadRequest.get("none", "http://none");
    private Headers headers = Headers.NONE;
    private boolean keeps;
    private int status;
    private long size;
    private @Nullable ErrorKind kind;
    private String problem = "";
    private @Nullable FirstDifference difference;

    /// Makes one that puts what is saved into the map.
    Answer(Map<String, String> saved, HttpLimits limits) {
        this.saved = saved;
        this.limits = limits;
    }

    /// Makes ready for the answer to a request.
    void begin(LoadRequest asked) {
        request = asked;
        keeps = asked.expect().contains().isPresent()
                || asked.expect().alone().isPresent()
                || !asked.saves().isEmpty();
        kept.reset();
        size = 0;
        kind = null;
        difference = null;
    }

    @Override
    public void head(ResponseHead head) {
        status = head.status();
        if (keeps || !request.expect().headers().isEmpty()) {
            headers = head.headers();
        }
        if (!request.expect().allows(status)) {
            String to = head.headers()
                    .first("Location")
                    .map(place -> ", which points to " + place)
                    .orElse("");
            fail(ErrorKind.STATUS, "status " + status + (status / 100 == 3 ? to : ""));
        }
    }

    @Override
    public void body(ByteBuffer part) {
        size += part.remaining();
        if (keeps) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            kept.writeBytes(bytes);
        }
    }

    /// Looks at the whole, now that it is complete.
    void complete() throws HttpFailure {
        if (kind == null && size > request.expect().maxBytes()) {
            fail(ErrorKind.CHECK, "a body of %d bytes".formatted(size));
        }
        if (kind == null && !request.expect().headers().isEmpty()) {
            request.expect().headers().forEach(this::checkHeader);
        }
        if (kind == null && keeps) {
            readBody();
        }
    }

    /// Returns what is wrong with it, if anything is.
    @Nullable
    ErrorKind kind() {
        return kind;
    }

    /// Returns what is wrong in a sentence.
    String problem() {
        return problem;
    }

    /// Returns where it differs from the answer given alone, if that is what is wrong.
    @Nullable
    FirstDifference difference() {
        return difference;
    }

    private void checkHeader(String name, String value) {
        String is = headers.first(name).orElse("missing");
        if (!is.equals(value)) {
            fail(ErrorKind.CHECK, "the header %s is %s, not %s".formatted(name, is, value));
        }
    }

    private void readBody() throws HttpFailure {
        HttpResponse response = new HttpResponse(status, "", headers, Headers.NONE, kept.toByteArray());
        String text = new String(response.content(limits.bodyBytes()), StandardCharsets.UTF_8);
        if (request.expect().contains().filter(part -> !text.contains(part)).isPresent()) {
            fail(
                    ErrorKind.CHECK,
                    "the body does not contain what it should: "
                            + text.lines().findFirst().orElse(""));
            return;
        }
        String alone = request.expect().alone().orElse(text);
        if (!text.equals(alone)) {
            difference = FirstDifference.between(text, alone);
            fail(ErrorKind.DIFFERS, difference.place() + ": " + difference.what());
            return;
        }
        for (Save save : request.saves()) {
            Optional<String> value = switch (save) {
                case Save.FromHeader header -> headers.first(header.header());
                case Save.FromBody body -> body.in(text);
            };
            if (value.isEmpty()) {
                fail(ErrorKind.CHECK, "nothing to save as " + save.variable());
            } else {
                saved.put(save.variable(), value.get());
            }
        }
    }

    private void fail(ErrorKind why, String what) {
        kind = why;
        problem = what;
    }
}
