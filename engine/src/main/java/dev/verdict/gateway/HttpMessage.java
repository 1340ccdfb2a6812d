package dev.verdict.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Is an answer that can be changed. What frames it follows from what it holds when it is written.
final class HttpMessage {
    private final String request;
    private String startLine;
    private final List<String> headers;
    private byte[] body = {};
    private boolean changed;

    /// @param request method and target of what it answers
    /// @param head as it came, with the empty line behind it
    HttpMessage(String request, byte[] head) {
        this.request = request;
        List<String> lines = new ArrayList<>(Arrays.asList(
                new String(head, StandardCharsets.ISO_8859_1).strip().split("\r?\n")));
        this.startLine = lines.removeFirst();
        this.headers = lines;
    }

    private HttpMessage(String request, String startLine, List<String> headers, byte[] body) {
        this.request = request;
        this.startLine = startLine;
        this.headers = new ArrayList<>(headers);
        this.body = body;
        this.changed = true;
    }

    String request() {
        return request;
    }

    int status() {
        return Integer.parseInt(startLine.substring(9, 12));
    }

    /// Replaces the status, without the old one's words.
    void status(int status) {
        boolean had = mayHaveBody();
        startLine = startLine.substring(0, 9) + status + " ";
        if (!mayHaveBody() || !had) {
            body(mayHaveBody() ? body : new byte[0]);
        }
    }

    /// Sets the only header of that name, or removes it.
    void header(String name, Optional<String> value) {
        headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        value.ifPresent(text -> headers.add(name + ": " + text));
    }

    /// Returns the body; it is empty if nobody waits for it.
    byte[] body() {
        return body;
    }

    /// Notes the body as it came.
    void arrived(byte[] bytes) {
        body = bytes;
    }

    /// Replaces the body.
    void body(byte[] bytes) {
        body = bytes;
        changed = true;
    }

    /// Tells whether the body that came is not the one to be sent.
    boolean bodyChanged() {
        return changed;
    }

    /// Returns a copy to give to somebody who asked the same.
    HttpMessage copy() {
        return new HttpMessage(request, startLine, headers, body);
    }

    /// Becomes another answer.
    void become(HttpMessage other) {
        startLine = other.startLine;
        headers.clear();
        headers.addAll(other.headers);
        body(other.body);
    }

    /// Returns the head; with the body if that was changed.
    byte[] bytes() {
        byte[] content = changed ? body : new byte[0];
        if (changed) {
            header("Transfer-Encoding", Optional.empty());
            header("Trailer", Optional.empty());
            header("Content-Length", mayHaveBody() ? Optional.of(Integer.toString(content.length)) : Optional.empty());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = startLine + "\r\n" + String.join("\r\n", headers) + (headers.isEmpty() ? "\r\n" : "\r\n\r\n");
        out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        if (mayHaveBody() && !request.startsWith("HEAD ")) {
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    private boolean mayHaveBody() {
        int status = status();
        return status != 204 && status != 304;
    }
}
