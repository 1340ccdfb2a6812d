package dev.verdict.environment.docker;

/// Is a file that was copied into or out of a container.
///
/// @param name relative to what was copied
/// @param size in bytes
/// @param sha256 of the bytes that passed, 64 hexadecimal digits
public record Copied(String name, long size, String sha256) {}
