package dev.verdict.load.client;

import dev.verdict.load.wire.Trust;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncRequester;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2RequesterBootstrap;
import org.apache.hc.core5.http2.protocol.H2RequestConnControl;
import org.apache.hc.core5.http2.protocol.H2RequestContent;
import org.apache.hc.core5.http2.protocol.H2RequestTargetHost;
import org.apache.hc.core5.http2.ssl.H2ClientTlsStrategy;
import org.apache.hc.core5.reactor.IOReactorConfig;

/// Moves the bytes of all users' connections over HTTP/2, on half of the processors.
final class Http2Reactor {
    private Http2Reactor() {}

    /// Each is made when it is first needed, and stays: its threads end with the process.
    private static final Map<Trust, HttpAsyncRequester> REQUESTERS = new ConcurrentHashMap<>();

    /// Returns what makes connections.
    ///
    /// @param trust whose certificates are accepted
    static HttpAsyncRequester of(Trust trust) {
        return REQUESTERS.computeIfAbsent(trust, Http2Reactor::start);
    }

    private static HttpAsyncRequester start(Trust trust) {
        IOReactorConfig config = IOReactorConfig.custom()
                .setIoThreadCount(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
                .setTcpNoDelay(true)
                .build();
        HttpAsyncRequester requester = H2RequesterBootstrap.bootstrap()
                .setIOReactorConfig(config)
                // Without its usual `Expect: 100-continue`, for which some servers let it wait for ever.
                .setHttpProcessor(new DefaultHttpProcessor(
                        new H2RequestContent(), new H2RequestTargetHost(), new H2RequestConnControl()))
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
                .setH2Config(H2Config.custom().setPushEnabled(false).build())
                .setTlsStrategy(new H2ClientTlsStrategy(
                        trust.context(),
                        (_, engine) -> {
                            var parameters = engine.getSSLParameters();
                            parameters.setEndpointIdentificationAlgorithm(trust.checksHost() ? "HTTPS" : "");
                            engine.setSSLParameters(parameters);
                        },
                        null))
                .setMaxTotal(Integer.MAX_VALUE)
                .setDefaultMaxPerRoute(Integer.MAX_VALUE)
                .create();
        requester.start();
        return requester;
    }
}
