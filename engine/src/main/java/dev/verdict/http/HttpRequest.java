package dev.verdict.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Is what is sent.
///
/// @param method in upper case, as `GET`
/// @param uri absolute, of `http` or `https`; a fragment is not sent
/// @param headers further ones than those that say how the message is framed
@SuppressWarnings("ArrayRecordComponent") // read and passed on, never compared
public record HttpRequest(String method, URI uri, Headers headers, byte[] body) {
    /// Says how the message is framed, which is the client's business alone.
    private static final Set<String> OURS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    /// Have a body so seldom that the length of none goes without saying.
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");

    static {
        OURS.addAll(Set.of("Connection", "Content-Length", "Expect", "Transfer-Encoding", "Upgrade"));
    }

    /// Checks that it can be sent.
    ///
    /// @throws IllegalArgumentException if it cannot, with the reason
    public HttpRequest {
        if (!Characters.isToken(method) || method.equals("CONNECT")) {
            throw new IllegalArgumentException("not a method: " + method);
        }
        if (uri.getHost() == null || uri.getPort() > 0xFFFF || !(isScheme(uri, "http") || isScheme(uri, "https"))) {
            throw new IllegalArgumentException("not the URL of an HTTP service: " + uri);
        }
        for (Headers.Field field : headers.fields()) {
            if (OURS.contains(field.name())) {
                throw new IllegalArgumentException("the header " + field.name() + " cannot be set by hand");
            }
        }
    }

    /// Returns the bytes of the request, ready to be sent as often as wanted.
    public byte[] encoded() {
        return encoded(true);
    }

    /// Returns the bytes of the request.
    ///
    /// @param keepAlive whether another one is to follow over the same connection
    public byte[] encoded(boolean keepAlive) {
        byte[] head = head(keepAlive).getBytes(StandardCharsets.ISO_8859_1);
        if (body.length == 0) {
            return head;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length + body.length);
        out.writeBytes(head);
        out.writeBytes(body);
        return out.toByteArray();
    }

    /// Says whether sending it again is harmless (RFC 9110, section 9.2.1).
    boolean repeatable() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    /// Says whether it goes over TLS.
    public boolean secure() {
        return isScheme(uri, "https");
    }

    /// Returns the port that the URL names or implies.
    public int port() {
        return uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
    }

    private String head(boolean keepAlive) {
        StringBuilder text = new StringBuilder(256);
        text.append(method).append(' ').append(target()).append(" HTTP/1.1\r\n");
        if (!headers.has("Host")) {
            line(text, "Host", uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
        }
        if (!headers.has("User-Agent")) {
            line(text, "User-Agent", "verdict");
        }
        headers.fields().forEach(field -> line(text, field.name(), field.value()));
        if (!keepAlive) {
            line(text, "Connection", "close");
        }
        if (body.length > 0 || !BODILESS.contains(method)) {
            line(text, "Content-Length", Integer.toString(body.length));
        }
        return text.append("\r\n").toString();
    }

    private String target() {
        URI sent = isAscii(uri) ? uri : URI.create(uri.toASCIIString());
        String path = sent.getRawPath().isEmpty() ? "/" : sent.getRawPath();
        return sent.getRawQuery() == null ? path : path + "?" + sent.getRawQuery();
    }

    private static boolean isAscii(URI uri) {
        String text = uri.toString();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static boolean isScheme(URI uri, String scheme) {
        return uri.getScheme() != null
                && uri.getScheme().toLowerCase(Locale.ROOT).equals(scheme);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }
}
