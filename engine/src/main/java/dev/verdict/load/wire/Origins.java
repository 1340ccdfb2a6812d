package dev.verdict.load.wire;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Says where each request of a load goes.
///
/// @param all the origins, each once
/// @param ofRequest the place of each request's origin in these
record Origins(List<Origin> all, List<Integer> ofRequest) {
    /// Looks up the hosts of requests.
    static Origins of(List<URI> requests) {
        List<Origin> all = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (URI uri : requests) {
            Origin origin = Origin.of(uri);
            if (!all.contains(origin)) {
                all.add(origin);
            }
            places.add(all.indexOf(origin));
        }
        return new Origins(all, places);
    }

    /// Sends all requests of a load to one address instead, without TLS.
    Origins redirected(InetSocketAddress address) {
        return new Origins(
                List.of(new Origin(false, address.getHostString(), address)),
                ofRequest.stream().map(_ -> 0).toList());
    }
}
