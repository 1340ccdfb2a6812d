package dev.verdict.load.client;

import dev.verdict.load.Pace;
import dev.verdict.load.Slice;
import dev.verdict.load.wire.Feed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Is a load that is sent through clients.
///
/// @param feeds where variables have their values from, beside what is saved
/// @param connections how many users share a rate
/// @param warmUp how long stand-ins in this process are asked before the clock starts
/// @param timeout how long an answer may take, to its end
/// @param maxErrors after so many the load ends
public record ClientLoad(
        List<ClientRequest> requests,
        List<Feed> feeds,
        Pace pace,
        Slice slice,
        long seed,
        int connections,
        Duration warmUp,
        Duration timeout,
        long maxErrors) {
    public ClientLoad {
        requests = List.copyOf(requests);
        feeds = List.copyOf(feeds);
        if (requests.isEmpty() || connections < 1 || maxErrors < 1 || !timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "%d requests, %d connections, %s".formatted(requests.size(), connections, timeout));
        }
    }

    /// Returns the load with all that only the service can say, which is asked for that.
    ///
    /// @throws IOException if it does not answer
    /// @throws IllegalArgumentException if what it says makes the load one that cannot be sent
    public ClientLoad learnt() throws IOException, InterruptedException {
        List<ClientRequest> learnt = new ArrayList<>();
        for (ClientRequest request : requests) {
            learnt.add(learnt(request));
        }
        return new ClientLoad(learnt, feeds, pace, slice, seed, connections, warmUp, timeout, maxErrors);
    }

    private ClientRequest learnt(ClientRequest request) throws IOException, InterruptedException {
        if (!(request.protocol() instanceof Protocol.Grpc grpc) || grpc.rpc().isPresent()) {
            return request;
        }
        Protocol.Grpc known = new Protocol.Grpc(
                grpc.origin(), grpc.method(), Optional.of(Reflection.ask(grpc, timeout)), grpc.headers(), grpc.trust());
        return new ClientRequest(
                request.name(), request.weight(), known, request.texts(), request.contains(), request.saves());
    }
}
