package dev.verdict.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;

/// Is where a link leads.
@FunctionalInterface
public interface Destination {
    /// Returns where that is now; asked for each connection, on an event loop, so it must not wait.
    ///
    /// @throws IOException if it is nowhere: the connection is refused
    InetSocketAddress now() throws IOException;
}
