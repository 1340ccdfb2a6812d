package dev.verdict.scenario.steps;

import dev.verdict.environment.Endpoint;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// Speaks RESP2, the protocol of every Redis: one command, one reply, over one connection.
final class RedisClient implements AutoCloseable {
    private static final int CONNECT_MS = 5_000;
    private static final int READ_MS = 10_000;
    private static final int MAX_BULK = 64 << 20;
    private static final int MAX_ELEMENTS = 1_000_000;

    private final Socket socket;
    private final InputStream in;

    RedisClient(Endpoint endpoint) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), CONNECT_MS);
        socket.setSoTimeout(READ_MS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Is an error that Redis answered, as `WRONGTYPE Operation against a key …`.
    static final class RedisError extends Exception {
        private static final long serialVersionUID = 1;

        RedisError(String message) {
            super(message);
        }
    }

    /// Sends a command and returns its reply: a string, a number, null, or an array of these.
    JsonNode send(List<String> words) throws IOException, RedisError {
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
            default -> throw new IOException("not a reply of Redis: " + Content.shorten(line));
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
        ArrayNode array = Json.MAPPER.createArrayNode();
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
