/// Speaks HTTP/1.1 as a client: a strict parser of responses that any loop can feed, and a small
/// blocking client on top of it.
@NullMarked
package dev.verdict.http;

import org.jspecify.annotations.NullMarked;
