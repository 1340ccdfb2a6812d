/// Keeps large artifacts: a server that takes them in chunks and serves them, and a client that
/// watches a folder and relays what appears there.
@NullMarked
package relay;

import org.jspecify.annotations.NullMarked;
