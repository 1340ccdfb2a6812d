package dev.verdict.load.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Is a server on the loopback address that does with each request whatever a test wants, also what
/// no server should.
final class RudeServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Manners manners;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    /// Does something with one request.
    interface Manners {
        /// Answers.
        ///
        /// @param head all lines of the request, without its body
        /// @return whether another request is awaited
        boolean answer(String head, OutputStream out, Socket socket) throws IOException;
    }

    RudeServer(Manners manners) throws IOException {
        this.manners = manners;
        this.listening = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// Answers each request with the same text and goes on.
    static RudeServer saying(String answer) throws IOException {
        return new RudeServer((_, out, _) -> {
            write(out, answer);
            return true;
        });
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort() + "/";
    }

    int accepted() {
        return accepted.get();
    }

    int requests() {
        return requests.get();
    }

    /// Returns how many connections the other side has not closed.
    int open() {
        return sockets.size();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                accepted.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            boolean more = true;
            while (more) {
                String head = head(in);
                if (head.isEmpty()) {
                    break;
                }
                requests.incrementAndGet();
                more = manners.answer(head, socket.getOutputStream(), socket);
            }
        } catch (IOException e) {
            // The generator has gone.
        } finally {
            sockets.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        int at = head.indexOf("Content-Length: ");
        if (at >= 0) {
            in.skipNBytes(Integer.parseInt(
                    head.substring(at + 16, head.indexOf("\r", at)).strip()));
        }
        return head.toString();
    }
}
