package dev.verdict.environment;

import java.nio.file.Path;
import java.util.Set;

/// Is the network of a service that has one to itself.
///
/// @param namespace the file that stands for it, as `nsenter --net=` takes it
/// @param addresses of the service in it, without those of the loopback
public record Net(Path namespace, Set<String> addresses) {
    public Net {
        addresses = Set.copyOf(addresses);
    }
}
