package shop;

import java.util.Map;
import java.util.Optional;

/// Is what a handler gets.
///
/// @param part what the path holds in place of `*`; empty if there is none
/// @param key the header `Idempotency-Key`
record Request(String part, Optional<String> key, String body) {
    Map<String, Object> json() {
        return Json.read(body);
    }

    /// Returns the whole number in the path.
    long id() {
        try {
            return Long.parseLong(part);
        } catch (NumberFormatException e) {
            throw new BadRequest(part + " is not a number");
        }
    }

    static String text(Map<String, Object> values, String name) {
        if (values.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new BadRequest(name + " is missing or not a text");
    }

    static long number(Map<String, Object> values, String name, long min) {
        if (values.get(name) instanceof Long number && number >= min) {
            return number;
        }
        throw new BadRequest(name + " is missing or not a whole number of at least " + min);
    }
}
