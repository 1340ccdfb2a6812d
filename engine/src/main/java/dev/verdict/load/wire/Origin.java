package dev.verdict.load.wire;

import java.net.InetSocketAddress;
import java.net.URI;

/// Is where connections lead: resolved once, so that no look-up is ever measured.
///
/// @param host as the certificate must name it
record Origin(boolean secure, String host, InetSocketAddress address) {
    static Origin of(URI uri) {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return new Origin(secure, host, new InetSocketAddress(host, port));
    }
}
