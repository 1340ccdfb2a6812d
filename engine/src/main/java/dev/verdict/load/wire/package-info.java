/// Sends loads of HTTP/1.1 requests from a few event loops, without allocation for each of them.
///
/// A [WireGenerator] starts one `Loop` a thread. Its `Pacer` says when a `Slot` begins its next
/// request: a slot is one user with a connection, and goes through one exchange after the other.
@NullMarked
package dev.verdict.load.wire;

import org.jspecify.annotations.NullMarked;
