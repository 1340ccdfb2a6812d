package dev.verdict.load.client;

import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import dev.verdict.plan.Load;
import dev.verdict.proto.Rpc;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Drives the clients that a load needs against stand-ins in this process, so that their code is
/// compiled before the clock starts. Nothing of it reaches the service or the load's numbers.
final class WarmUp implements AutoCloseable {
    private static final int USERS = 8;

    private final Duration time;
    private final Duration timeout;
    private final List<Closeable> standIns = new ArrayList<>();
    private final List<ClientRequest> requests = new ArrayList<>();

    WarmUp(ClientLoad load) throws IOException {
        this.time = load.warmUp();
        this.timeout = load.timeout();
        for (Class<?> kind : load.requests().stream()
                .map(request -> request.protocol().getClass())
                .distinct()
                .toList()) {
            Protocol protocol = load.requests().stream()
                    .map(ClientRequest::protocol)
                    .filter(kind::isInstance)
                    .findFirst()
                    .orElseThrow();
            add(protocol);
        }
    }

    private void add(Protocol protocol) throws IOException {
        switch (protocol) {
            case Protocol.Redis _ -> ask(new Protocol.Redis(standIn(StandIn.saying("+OK\r\n"))), "PING");
            case Protocol.Lines _ -> ask(new Protocol.Lines(standIn(StandIn.saying("x\n"))), "x");
            case Protocol.Events _ -> {
                Address address = standIn(StandIn::stream);
                ask(new Protocol.Events(List.of(), "", Long.MAX_VALUE), "http://" + address + "/");
            }
            case Protocol.Messages messages ->
                ask(new Protocol.Messages("ws://" + standIn(StandIn::messages) + "/", messages.trust()), "x");
            case Protocol.Http2 http2 -> {
                Http2StandIn made = new Http2StandIn();
                standIns.add(made);
                Protocol alike = new Protocol.Http2(
                        made.url(), http2.method(), List.of(), List.of(new Load.Range(200, 200)), http2.trust());
                ask(alike, made.url() + "/", "");
            }
            case Protocol.Grpc grpc -> {
                Http2StandIn made = new Http2StandIn();
                standIns.add(made);
                ask(
                        new Protocol.Grpc(made.url(), grpc.method(), grpc.rpc(), List.of(), grpc.trust()),
                        grpc.rpc().map(Rpc::empty).orElse("{}"));
            }
            case Protocol.Sql _, Protocol.Calls _ -> {
                // Nobody can stand in for what a driver or any Java asks.
            }
        }
    }

    private void ask(Protocol protocol, String... texts) {
        requests.add(new ClientRequest(
                "warm-up " + requests.size(), 1, protocol, List.of(texts), Optional.empty(), List.of()));
    }

    private Address standIn(StandIn.Manner manner) throws IOException {
        StandIn made = new StandIn(manner);
        standIns.add(made);
        return made.address();
    }

    /// Warms up; empty if there is nothing to warm up with.
    Optional<LoadResult> run() throws InterruptedException {
        if (requests.isEmpty()) {
            return Optional.empty();
        }
        Pace pace = new Pace.Closed(Profile.constant(USERS, time), Duration.ZERO);
        ClientLoad warm = new ClientLoad(
                requests, List.of(), pace, Slice.WHOLE, 0, USERS, Duration.ZERO, timeout, Long.MAX_VALUE);
        try (ClientGenerator generator = new ClientGenerator(warm)) {
            return Optional.of(generator.run(LoadListener.NONE));
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : standIns) {
            each.close();
        }
    }
}
