package dev.verdict.scenario.steps;

import java.net.http.HttpHeaders;
import java.time.Duration;

/// Holds what a service answered.
///
/// @param took from the first byte sent to the last one received
@SuppressWarnings("ArrayRecordComponent") // read and passed on, never compared
record Response(Request request, int status, HttpHeaders headers, byte[] body, Duration took) {
    String summary() {
        return request + " → " + status;
    }
}
