package dev.verdict.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Speaks with the machine's engine over TLS: nginx stands in front of its socket, and demands a
/// certificate of its clients, as `dockerd --tlsverify` does.
@Tag("slow")
@Tag("docker")
final class TlsEngineTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private int port;
    private Process proxy;

    @BeforeEach
    void start() throws IOException {
        authority("ca");
        authority("stranger");
        signed("server", "ca", "subjectAltName=IP:127.0.0.1");
        client("mine", "ca");
        client("other", "stranger");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                user root;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server {
                    listen 127.0.0.1:%2$d ssl;
                    ssl_certificate %1$s/server.pem;
                    ssl_certificate_key %1$s/server.key;
                    ssl_client_certificate %1$s/ca.pem;
                    ssl_verify_client on;
                    location / {
                      proxy_pass http://unix:/var/run/docker.sock;
                      proxy_http_version 1.1;
                      proxy_buffering off;
                    }
                  }
                }
                """.formatted(folder, port));
        proxy = new ProcessBuilder("nginx", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        Awaitility.await("nginx listens").atMost(LIMIT).until(() -> {
            assertThat(proxy.isAlive())
                    .as(() -> "nginx runs: " + read("nginx.log") + read("error.log"))
                    .isTrue();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    @AfterEach
    void stop() throws InterruptedException {
        proxy.destroy();
        assertThat(proxy.waitFor(LIMIT)).isTrue();
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Map<String, String> environment(String certificates) {
        return Map.of(
                "DOCKER_HOST",
                "tcp://127.0.0.1:" + port,
                "DOCKER_TLS_VERIFY",
                "1",
                "DOCKER_CERT_PATH",
                folder.resolve(certificates).toString());
    }

    @Test
    void it_answers_one_whom_it_knows() throws InterruptedException {
        try (Engine engine = Engine.connect(environment("mine"));
                Engine local = Engine.connect(Map.of())) {
            assertThat(engine.id()).isNotEmpty().isEqualTo(local.id());
            assertThat(engine.address().local()).isFalse();
        }
    }

    @Test
    void one_with_the_certificate_of_a_stranger_is_refused_and_so_is_one_without() {
        assertThatThrownBy(() -> Engine.connect(environment("other")))
                .as("a server that the client's own authority has not signed")
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("tcp://127.0.0.1:" + port);
        assertThatThrownBy(() -> Engine.connect(Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + port)))
                .as("plain HTTP")
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> Engine.connect(environment("nowhere")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("certificates in " + folder.resolve("nowhere") + " cannot be used");
    }

    private void openssl(String... words) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words));
        DockerCommand.run(Map.of(), command);
    }

    private String at(String file) {
        return folder.resolve(file).toString();
    }

    private void authority(String name) {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-noenc",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                at(name + ".key"),
                "-out",
                at(name + ".pem"));
    }

    private void signed(String name, String authority, String extension) {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-noenc",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-CA",
                at(authority + ".pem"),
                "-CAkey",
                at(authority + ".key"),
                "-addext",
                extension,
                "-addext",
                "basicConstraints=critical,CA:FALSE",
                "-keyout",
                at(name + ".key"),
                "-out",
                at(name + ".pem"));
    }

    private void client(String name, String authority) throws IOException {
        signed(name, authority, "extendedKeyUsage=clientAuth");
        Path own = Files.createDirectory(folder.resolve(name));
        Files.copy(folder.resolve(authority + ".pem"), own.resolve("ca.pem"));
        Files.copy(folder.resolve(name + ".pem"), own.resolve("cert.pem"));
        Files.copy(folder.resolve(name + ".key"), own.resolve("key.pem"));
    }
}
