package shop;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Is what a handler answers.
record Reply(int status, String type, String body, Optional<String> location) {
    private static final String JSON = "application/json";

    static Reply json(int status, Map<String, ?> values) {
        return new Reply(status, JSON, Json.write(values), Optional.empty());
    }

    static Reply json(int status, List<? extends Map<String, ?>> list) {
        return new Reply(status, JSON, Json.write(list), Optional.empty());
    }

    static Reply error(int status, String message) {
        return json(status, Map.of("error", message));
    }

    static Reply nothing() {
        return new Reply(204, JSON, "", Optional.empty());
    }

    Reply at(String path) {
        return new Reply(status, type, body, Optional.of(path));
    }

    Reply as(int other) {
        return new Reply(other, type, body, location);
    }
}
