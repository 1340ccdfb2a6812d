/// Relays TCP in front of endpoints and counts who touched what; faults will act here.
///
/// A [Gateway] opens [Link]s, each with a listening address of its own, so that what goes over it
/// belongs to one scenario or service and needs no guessing. A few event loops move the bytes of
/// all links; a [Connection] is a pair of [Pipe]s, one a direction. Only a pipe knows how bytes get
/// from one side to the other, so a link that is to be slow or broken needs another pipe and
/// nothing else.
@NullMarked
package dev.verdict.gateway;

import org.jspecify.annotations.NullMarked;
