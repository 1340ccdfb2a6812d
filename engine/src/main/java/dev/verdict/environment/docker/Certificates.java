package dev.verdict.environment.docker;

import com.github.dockerjava.transport.SSLConfig;
import dev.verdict.environment.docker.EngineException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Reads what Docker keeps for TLS: `ca.pem`, `cert.pem` and `key.pem` (PKCS #8, as OpenSSL 3
/// writes it).
record Certificates(Path folder) implements SSLConfig {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final char[] NO_PASSWORD = {};

    @Override
    public SSLContext getSSLContext() {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            Certificate[] chain = certificates("cert.pem");
            own.setKeyEntry("own", key(chain[0].getPublicKey().getAlgorithm()), NO_PASSWORD, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (Certificate certificate : certificates("ca.pem")) {
                trusted.setCertificateEntry("ca" + trusted.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(e.toString(), e);
        }
    }

    private Certificate[] certificates(String file) throws IOException, GeneralSecurityException {
        Certificate[] certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(file))))
                .toArray(Certificate[]::new);
        if (certificates.length == 0) {
            throw new GeneralSecurityException(file + " holds no certificate");
        }
        return certificates;
    }

    private PrivateKey key(String algorithm) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(folder.resolve("key.pem"), StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new GeneralSecurityException(
                    "key.pem is not PKCS #8: convert it by `openssl pkcs8 -topk8 -nocrypt -in key.pem`");
        }
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
    }

    private EngineException unreadable(String reason, Exception cause) {
        return new EngineException(
                Kind.UNREACHABLE,
                "the Docker engine's certificates in %s cannot be used: %s".formatted(folder, reason),
                cause);
    }
}
