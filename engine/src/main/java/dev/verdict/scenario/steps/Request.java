package dev.verdict.scenario.steps;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Holds what is sent, but not yet where to: a service may listen elsewhere the next time.
///
/// @param path with its query
/// @param headers names in any case
@SuppressWarnings("ArrayRecordComponent") // read and passed on, never compared
record Request(
        String method,
        Address address,
        String path,
        Map<String, String> headers,
        byte[] body,
        boolean redirects,
        Duration timeout) {
    Request {
        headers = new TreeMap<>(headers);
    }

    /// Returns the same request with a header set.
    Request with(String name, String value) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.put(name, value);
        return new Request(method, address, path, all, body, redirects, timeout);
    }

    /// Says whether asking again is harmless by HTTP's own definition (RFC 9110, safe methods).
    boolean repeatable() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
