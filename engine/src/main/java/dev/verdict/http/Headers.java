package dev.verdict.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Holds header fields in the order in which they stand; names are equal in any case.
public record Headers(List<Field> fields) {
    /// Holds no field.
    public static final Headers NONE = new Headers(List.of());

    /// Is one field.
    ///
    /// @param value without spaces around it
    public record Field(String name, String value) {
        /// Checks that it can be sent.
        ///
        /// @throws IllegalArgumentException if a character is not allowed (RFC 9110, section 5)
        public Field {
            if (!Characters.isToken(name)) {
                throw new IllegalArgumentException("not a header name: \"" + name + "\"");
            }
            if (!Characters.isFieldValue(value)) {
                throw new IllegalArgumentException("not a value of the header " + name + ": \"" + value + "\"");
            }
        }
    }

    public Headers {
        fields = List.copyOf(fields);
    }

    /// Makes headers of names and values.
    public static Headers of(Map<String, String> fields) {
        List<Field> list = new ArrayList<>(fields.size());
        fields.forEach((name, value) -> list.add(new Field(name, value)));
        return new Headers(list);
    }

    /// Returns the first value of a name.
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /// Returns all values of a name.
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /// Returns the names, each once, sorted.
    public Set<String> names() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach(field -> names.add(field.name()));
        return names;
    }

    /// Tells whether a name is there.
    public boolean has(String name) {
        return first(name).isPresent();
    }

    /// Returns these without the names.
    Headers without(Set<String> names) {
        return new Headers(fields.stream()
                .filter(field -> names.stream().noneMatch(field.name()::equalsIgnoreCase))
                .toList());
    }
}
