package dev.verdict.load.wire;

/// Is a value of an answer that later requests of the same user need. A request that needs one that
/// its user does not have yet gives way to the request that saves it.
public sealed interface Save {
    /// Returns the name of the variable.
    String variable();

    /// Takes the value from the body.
    ///
    /// @param path a JSON path, as `$.id`
    record FromBody(String variable, String path) implements Save {}

    /// Takes the value of a header.
    record FromHeader(String variable, String header) implements Save {}
}
