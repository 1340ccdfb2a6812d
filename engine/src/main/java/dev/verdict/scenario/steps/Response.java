package dev.verdict.scenario.steps;

import dev.verdict.http.Headers;
import java.time.Duration;

/// Holds what a service answered.
///
/// @param body without the codings that its headers name
/// @param took from the first byte sent to the last one received
@SuppressWarnings("ArrayRecordComponent") // read and passed on, never compared
record Response(Request request, int status, Headers headers, byte[] body, Duration took) {
    String summary() {
        return request + " → " + status;
    }
}
