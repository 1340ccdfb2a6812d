package dev.verdict.load.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Says whose certificates are accepted.
///
/// @param own what knows the user's own authorities; empty for those of the JDK
/// @param checksHost whether a certificate must be trusted, and that of the host that is asked
public record Trust(Optional<SSLContext> own, boolean checksHost) {
    /// Trusts whom the JDK trusts.
    public static final Trust USUAL = new Trust(Optional.empty(), true);

    /// Trusts every certificate, as somebody asked by name.
    public static final Trust ANYBODY = new Trust(Optional.empty(), false);

    /// Returns what makes connections over TLS.
    public SSLContext context() {
        try {
            if (own.isPresent()) {
                return own.get();
            }
            return checksHost ? SSLContext.getDefault() : context(new Credulous());
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /// Trusts those whom an authority of the user's own vouches for, and nobody else.
    ///
    /// @param file its certificate, or several, in PEM
    /// @throws IllegalArgumentException if the file is not there or holds none; the message says so
    /// @throws IOException if it cannot be read
    public static Trust authority(Path file) throws IOException {
        Collection<? extends Certificate> certificates;
        try (InputStream in = Files.newInputStream(file)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("the file '" + file + "' is not there", e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(noCertificate(file), e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(noCertificate(file));
        }
        return new Trust(Optional.of(context(certificates)), true);
    }

    private static String noCertificate(Path file) {
        return "the file '" + file + "' holds no certificate; expected one in PEM, which begins with"
                + " -----BEGIN CERTIFICATE-----";
    }

    private static SSLContext context(Collection<? extends Certificate> certificates) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority " + store.size(), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return context(factory.getTrustManagers());
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static SSLContext context(TrustManager... managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, new SecureRandom());
        return context;
    }

    private static IllegalStateException unusable(GeneralSecurityException e) {
        return new IllegalStateException("the JDK's TLS cannot be used: " + e.getMessage(), e);
    }

    /// Accepts all that it is asked about.
    private static final class Credulous extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
