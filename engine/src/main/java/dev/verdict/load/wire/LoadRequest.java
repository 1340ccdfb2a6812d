package dev.verdict.load.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Is one kind of request of a load. Its URL, header values and body may hold variables, as
/// `${name}`; the host and the port may not.
///
/// @param name under which it is measured
/// @param weight how often it is drawn, beside the others
/// @param headers in the order in which they are sent
/// @param body in UTF-8; empty if there is none
/// @param saves what later requests of the same user need
public record LoadRequest(
        String name,
        int weight,
        String method,
        String url,
        Map<String, String> headers,
        String body,
        Expectation expect,
        List<Save> saves) {
    public LoadRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        saves = List.copyOf(saves);
        if (weight < 1) {
            throw new IllegalArgumentException("the request " + name + " has a weight of " + weight);
        }
    }

    /// Makes a GET that expects a status from 200 to 299.
    public static LoadRequest get(String name, String url) {
        return new LoadRequest(name, 1, "GET", url, Map.of(), "", Expectation.SUCCESS, List.of());
    }
}
