package dev.verdict.http;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// Decides where a redirect leads, as Java's own client does with `Redirect.NORMAL`: after a 303,
/// and after a 301 or 302 to a POST, with GET; never from `https` to `http`; without what is meant
/// for the first service only where another one is asked.
final class Redirect {
    /// Follows so many in a row; the response after these is the last, whatever it is.
    static final int MAX = 4;

    private static final Set<String> CONFIDENTIAL = Set.of("Authorization", "Cookie", "Origin", "Referer", "Host");
    private static final byte[] NOTHING = {};

    private Redirect() {}

    /// Returns what is to be asked next, if anything is.
    static Optional<HttpRequest> next(HttpRequest request, HttpResponse response) throws HttpFailure {
        return switch (response.status()) {
            case 301, 302, 303, 307, 308 -> to(target(request, response), request, response.status());
            default -> Optional.empty();
        };
    }

    private static URI target(HttpRequest request, HttpResponse response) throws HttpFailure {
        String location = response.headers()
                .first("Location")
                .orElseThrow(() -> HttpFailure.malformed("a redirect without a Location"));
        try {
            return request.uri().resolve(URI.create(location));
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(HttpFailure.Kind.MALFORMED, "a redirect to no URL: " + location, e);
        }
    }

    private static Optional<HttpRequest> to(URI target, HttpRequest request, int status) throws HttpFailure {
        URI from = request.uri();
        boolean same = from.getScheme().equalsIgnoreCase(target.getScheme());
        if (!same && !"https".equalsIgnoreCase(target.getScheme())) {
            return Optional.empty();
        }
        boolean elsewhere = !same || !from.getRawAuthority().equals(target.getRawAuthority());
        String method = method(request.method(), status);
        try {
            return Optional.of(new HttpRequest(
                    method,
                    target,
                    elsewhere ? request.headers().without(CONFIDENTIAL) : request.headers(),
                    status != 303 && method.equals(request.method()) ? request.body() : NOTHING));
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(HttpFailure.Kind.MALFORMED, "a redirect to no HTTP service: " + target, e);
        }
    }

    private static String method(String method, int status) {
        return status == 303 || (status < 303 && method.equals("POST")) ? "GET" : method;
    }
}
