package dev.verdict.load.wire;

import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import java.util.Optional;

/// Is a value of an answer that later requests of the same user need. A request that needs one that
/// its user does not have yet gives way to the request that saves it.
public sealed interface Save {
    /// Returns the name of the variable.
    String variable();

    /// Takes the value from the body, or from the text of an answer that has none.
    ///
    /// @param path a JSON path, as `$.id`; `$` is the whole text, whether it is JSON or not
    record FromBody(String variable, String path) implements Save {
        /// Returns the value, if the text has one there.
        public Optional<String> in(String text) {
            if (path.equals("$")) {
                return Optional.of(text);
            }
            try {
                return Optional.ofNullable(JsonPath.<Object>read(text, path)).map(Object::toString);
            } catch (JsonPathException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /// Takes the value of a header.
    record FromHeader(String variable, String header) implements Save {}
}
