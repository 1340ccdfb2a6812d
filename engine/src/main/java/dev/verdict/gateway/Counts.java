package dev.verdict.gateway;

/// Says what went over a link so far.
///
/// @param connections accepted
/// @param refused those of them that reached nobody: the other side did not accept, or the gateway
///     was full
/// @param sent bytes taken from whoever opened the connections
/// @param received bytes taken from the other side
/// @param requests HTTP/1 request heads seen; 0 where the traffic is not HTTP
public record Counts(long connections, long refused, long sent, long received, long requests) {}
