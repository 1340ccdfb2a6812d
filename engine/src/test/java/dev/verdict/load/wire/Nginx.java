package dev.verdict.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Is a real nginx in a folder of its own, with a certificate for `localhost` that nobody vouches
/// for.
public final class Nginx {
    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid FOLDER/pid;
            error_log FOLDER/error.log;
            events { worker_connections 512; }
            http {
                access_log off;
                client_body_temp_path FOLDER/a; proxy_temp_path FOLDER/b; fastcgi_temp_path FOLDER/c;
                uwsgi_temp_path FOLDER/d; scgi_temp_path FOLDER/e;
                ssl_certificate FOLDER/certificate.pem;
                ssl_certificate_key FOLDER/key.pem;
            SERVERS
            }
            """;

    private final Map<String, Integer> ports;
    private final Process process;

    private Nginx(Map<String, Integer> ports, Process process) {
        this.ports = ports;
        this.process = process;
    }

    /// Starts it; the test is left out where it is not installed.
    ///
    /// @param servers its servers, with FOLDER and the names of ports
    /// @param names of ports, for each of which there will be a free one
    public static Nginx start(Path folder, String servers, List<String> names)
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nginx")), "no nginx");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "no openssl");
        certify(folder);
        Map<String, Integer> ports = new LinkedHashMap<>();
        String configuration = CONFIGURATION.replace("SERVERS", servers).replace("FOLDER", folder.toString());
        for (String name : names) {
            int port = free();
            ports.put(name, port);
            configuration = configuration.replace(name, Integer.toString(port));
        }
        Path file = folder.resolve("nginx.conf");
        Files.writeString(file, configuration);
        Process process = new ProcessBuilder("/usr/sbin/nginx", "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        Nginx nginx = new Nginx(ports, process);
        await().until(() -> accepts(nginx.port(names.getFirst())));
        return nginx;
    }

    private static void certify(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
                                + " -keyout FOLDER/key.pem -out FOLDER/certificate.pem")
                        .replace("FOLDER", folder.toString())
                        .split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    public int port(String name) {
        return Objects.requireNonNull(ports.get(name), name);
    }

    /// Sends it a signal, such as STOP.
    public void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /// Ends it, and waits for that.
    public void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /// Returns a port at which nobody listens.
    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
