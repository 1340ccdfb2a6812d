package dev.verdict.load.client;

import dev.verdict.load.wire.Trust;
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
    private static final class Careful {
        private static final HttpAsyncRequester REQUESTER = start(false);
    }

    private static final class Insecure {
        private static final HttpAsyncRequester REQUESTER = start(true);
    }

    /// Returns what makes connections.
    ///
    /// @param insecure whether any certificate will do
    static HttpAsyncRequester of(boolean insecure) {
        return insecure ? Insecure.REQUESTER : Careful.REQUESTER;
    }

    private static HttpAsyncRequester start(boolean insecure) {
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
                        Trust.context(insecure),
                        (_, engine) -> {
                            var parameters = engine.getSSLParameters();
                            parameters.setEndpointIdentificationAlgorithm(insecure ? "" : "HTTPS");
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
