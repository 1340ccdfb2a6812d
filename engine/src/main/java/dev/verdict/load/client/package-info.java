/// Sends loads of any protocol through blocking clients, a virtual thread each: paced and measured
/// as the event loops of `load.wire` do it, and slower.
@NullMarked
package dev.verdict.load.client;

import org.jspecify.annotations.NullMarked;
