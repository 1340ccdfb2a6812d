package dev.verdict.load.client;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Answers in the place of a service while clients warm up, on the loopback address.
final class StandIn implements Closeable {
    /// Is what WebSockets are agreed on with (RFC 6455, section 4.2.2).
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listening;
    private final Manner manner;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /// Serves one connection to its end.
    interface Manner {
        void serve(InputStream in, OutputStream out) throws IOException;
    }

    StandIn(Manner manner) throws IOException {
        this.manner = manner;
        this.listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("verdict-load-stand-in").start(this::accept);
    }

    /// Says the same whatever comes. A small command comes in one piece, or is answered more often,
    /// which is no harm here.
    static Manner saying(String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        return (in, out) -> {
            byte[] asked = new byte[1024];
            while (in.read(asked) >= 0) {
                out.write(bytes);
            }
        };
    }

    /// Streams some events.
    static void stream(InputStream in, OutputStream out) throws IOException {
        head(in);
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                + "data: a token of an answer\n\n".repeat(20);
        out.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    /// Answers each message over a WebSocket with one.
    static void messages(InputStream from, OutputStream out) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(from));
        String key = head(in).lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow(() -> new EOFException("no key of a WebSocket"));
        String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accepted(key) + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        while (true) {
            in.readByte();
            // A short message and its mask of four bytes.
            in.skipNBytes((in.readByte() & 0x7F) + 4L);
            out.write(new byte[] {(byte) 0x81, 1, 'x'});
        }
    }

    Address address() {
        return new Address("127.0.0.1", listening.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The warm-up is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            manner.serve(socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            // The client has ended its warm-up.
        } finally {
            sockets.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no whole request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String accepted(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JDK has SHA-1", e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
