package dev.verdict.http;

import dev.verdict.http.HttpFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Objects;
import javax.net.ssl.SSLException;

/// Tells the failures of sockets and TLS apart.
final class Failures {
    private Failures() {}

    static HttpFailure of(IOException cause) {
        return switch (cause) {
            case HttpFailure failure -> failure;
            case SSLException tls -> tls(tls);
            case ConnectException connect -> connect(connect);
            case NoRouteToHostException _ -> new HttpFailure(Kind.UNREACHABLE, "no route to the host", cause);
            case UnknownHostException _ -> new HttpFailure(Kind.UNREACHABLE, "the host is unknown", cause);
            case ClosedChannelException _ -> new HttpFailure(Kind.RESET, "the connection was closed here", cause);
            default -> new HttpFailure(Kind.RESET, "the connection broke: " + cause.getMessage(), cause);
        };
    }

    private static HttpFailure connect(ConnectException cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), "no connection");
        if (message.contains("timed out")) {
            return new HttpFailure(Kind.TIMED_OUT, "no connection: timed out", cause);
        }
        return message.contains("refused")
                ? new HttpFailure(Kind.REFUSED, "connection refused", cause)
                : new HttpFailure(Kind.UNREACHABLE, "no connection: " + message, cause);
    }

    private static HttpFailure tls(SSLException failure) {
        Throwable root = failure;
        boolean certificate = false;
        while (root.getCause() != null) {
            root = root.getCause();
            certificate |= root instanceof CertificateException;
        }
        return certificate
                ? new HttpFailure(Kind.CERTIFICATE, "the certificate is not accepted: " + root.getMessage(), failure)
                : new HttpFailure(Kind.TLS, "TLS failed: " + failure.getMessage(), failure);
    }
}
