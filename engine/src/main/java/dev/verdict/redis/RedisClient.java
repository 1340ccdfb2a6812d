package dev.verdict.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// Speaks RESP2, the protocol of every Redis: one command, one reply, over one connection.
public final class RedisClient implements AutoCloseable {
    private static final int MAX_BULK = 64 << 20;
    private static final int MAX_ELEMENTS = 1_000_000;

    private final Socket socket;
    private final InputStream in;

    /// Connects.
    ///
    /// @param timeout for the connection, and then for each part of a reply
    public RedisClient(String host, int port, Duration timeout) throws IOException {
        socket = new Socket();
        int millis = (int) Math.max(1, timeout.toMillis());
        try {
            socket.connect(new InetSocketAddress(host, port), millis);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        socket.setSoTimeout(millis);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Is an error that Redis answered, as `WRONGTYPE Operation against a key …`.
    public static final class RedisError extends Exception {
        private static final long serialVersionUID = 1;

        RedisError(String message) {
            super(message);
        }
    }

    /// Sends a command and returns its reply: a string, a number, null, or an array of these.
    ///
    /// @throws RedisError if Redis answers one
    /// @throws IOException if the connection breaks; it is of no use any more
    public JsonNode send(List<String> words) throws IOException, RedisError {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(line("*" + words.size()));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            command.writeBytes(line("$" + bytes.length));
            command.writeBytes(bytes);
            command.writeBytes(line(""));
        }
        socket.getOutputStream().write(command.toByteArray());
        return reply();
    }

    private JsonNode reply() throws IOException, RedisError {
        String line = readLine();
        String rest = line.isEmpty() ? "" : line.substring(1);
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> StringNode.valueOf(rest);
            case '-' -> throw new RedisError(rest);
            case ':' -> LongNode.valueOf(Long.parseLong(rest));
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            default ->
                throw new IOException(
                        "not a reply of Redis: " + (line.length() > 100 ? line.substring(0, 100) + "…" : line));
        };
    }

    private JsonNode bulk(int length) throws IOException {
        if (length < 0) {
            return NullNode.getInstance();
        }
        if (length > MAX_BULK) {
            throw new IOException("a reply of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || in.readNBytes(2).length < 2) {
            throw new EOFException("the connection was closed in the middle of a reply");
        }
        return StringNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
    }

    private JsonNode array(int length) throws IOException, RedisError {
        if (length < 0) {
            return NullNode.getInstance();
        }
        if (length > MAX_ELEMENTS) {
            throw new IOException("a reply of " + length + " elements");
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < length; i++) {
            array.add(reply());
        }
        return array;
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0 || line.size() > MAX_BULK) {
                throw new EOFException("the connection was closed before a reply");
            }
            line.write(b);
        }
        if (in.read() != '\n') {
            throw new IOException("not a reply of Redis");
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
