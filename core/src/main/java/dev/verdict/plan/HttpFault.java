package dev.verdict.plan;

import java.util.Optional;
import java.util.regex.Pattern;

/// Changes the answers of an HTTP/1 service: the request has reached it, and its answer does
/// not come back as it was. Framing stays correct. Traffic that is not HTTP/1 is left alone,
/// which fails the harness.
public sealed interface HttpFault extends LinkFault {
    @Override
    default Direction direction() {
        return Direction.BACK;
    }

    @Override
    default boolean directed() {
        return false;
    }

    /// Replaces the status; the body stays, where the status may have one.
    ///
    /// @param status 200 to 599
    record HttpStatus(int status) implements HttpFault {
        public HttpStatus {
            require(status >= 200 && status <= 599, "an HTTP status is 200 to 599, not " + status);
        }

        @Override
        public String summary() {
            return "answers with status " + status;
        }
    }

    /// Sets a header, or removes it.
    ///
    /// @param name neither of the framing (Content-Length, Transfer-Encoding) nor Connection
    /// @param value of one line; absent: the header is removed
    record HttpHeader(String name, Optional<String> value) implements HttpFault {
        private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
        private static final Pattern FRAMING =
                Pattern.compile("content-length|transfer-encoding|connection", Pattern.CASE_INSENSITIVE);

        public HttpHeader {
            require(TOKEN.matcher(name).matches(), "'" + name + "' is no name of an HTTP header");
            require(!FRAMING.matcher(name).matches(), "the header " + name + " cannot be changed: it frames messages");
            require(
                    value.isEmpty() || value.get().chars().allMatch(c -> (c >= ' ' && c != 127) || c == '\t'),
                    "the value of the header " + name + " is not one line of text");
        }

        @Override
        public String summary() {
            return value.map(text -> "answers with header " + name + ": " + text)
                    .orElse("answers without header " + name);
        }
    }

    /// Replaces the body.
    ///
    /// @param text written as UTF-8; may be empty
    record HttpBody(String text) implements HttpFault {
        @Override
        public String summary() {
            return text.isEmpty() ? "answers with an empty body" : "answers with another body";
        }
    }

    /// Replaces a text in the body, everywhere; bodies that do not contain it stay. It looks at the
    /// bytes as they are sent: a compressed body contains nothing readable.
    ///
    /// @param find not empty
    record HttpEdit(String find, String replacement) implements HttpFault {
        public HttpEdit {
            require(!find.isEmpty(), "the text to replace is empty");
        }

        @Override
        public String summary() {
            return "answers with '" + find + "' replaced by '" + replacement + "'";
        }
    }

    /// Answers with an earlier answer: the first one that was given to the same method and target
    /// over the same link while the fault acted.
    record HttpReplay() implements HttpFault {
        @Override
        public String summary() {
            return "answers with an earlier answer";
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
