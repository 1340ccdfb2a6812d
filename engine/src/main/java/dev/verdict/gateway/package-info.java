/// Relays TCP in front of endpoints, counts who touched what, and carries the faults of links.
///
/// A [Gateway] opens [Link]s, each with a listening address of its own, so that what goes over it
/// belongs to one scenario or service and needs no guessing. A few event loops move the bytes of
/// all links; a [Connection] is a pair of [Pipe]s, one a direction.
///
/// A fault that is [Applied] takes a [Grip] on each of its links, which puts [Stage]s into the
/// connections that it strikes. While a direction has stages, a [Course] moves its bytes through
/// them; otherwise nothing is between the sockets but a buffer. What a fault does lies in one file,
/// named after it: `Delaying`, `Refusing`, `HttpReplaying`.
@NullMarked
package dev.verdict.gateway;

import org.jspecify.annotations.NullMarked;
