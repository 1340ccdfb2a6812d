package dev.verdict.load.client;

import dev.verdict.http.HttpFailure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends a line over TCP and waits for one; lines end with LF, before which a CR may stand.
final class LineUser implements Client {
    private static final int LONGEST = 1 << 20;

    private final Address address;
    private final int millis;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();

    LineUser(Address address, Duration timeout) {
        this.address = address;
        this.millis = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
    }

    @Override
    public boolean connect() throws IOException {
        boolean made = socket == null;
        connected();
        return made;
    }

    @Override
    public Answered ask(List<String> texts, Watch watch) throws IOException {
        if (texts.getFirst().indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line cannot hold the end of one");
        }
        byte[] line = (texts.getFirst() + "\n").getBytes(StandardCharsets.UTF_8);
        connected().getOutputStream().write(line);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            watch.begins();
            if (next < 0) {
                throw new EOFException("the connection was closed before a line was complete");
            }
            if (answer.size() == LONGEST) {
                throw new HttpFailure(HttpFailure.Kind.TOO_LARGE, "a line of more than " + LONGEST + " bytes");
            }
            answer.write(next);
        }
        watch.begins();
        return new Answered(answer.toString(StandardCharsets.UTF_8).stripTrailing(), answer.size() + 1L, line.length);
    }

    @Override
    public void close() {
        Socket connected = socket;
        socket = null;
        if (connected != null) {
            try {
                connected.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a socket cannot be closed", e);
            }
        }
    }

    private Socket connected() throws IOException {
        Socket connected = socket;
        if (connected == null) {
            connected = new Socket();
            try {
                connected.connect(new InetSocketAddress(address.host(), address.port()), millis);
                connected.setSoTimeout(millis);
                connected.setTcpNoDelay(true);
                in = new BufferedInputStream(connected.getInputStream());
            } catch (IOException e) {
                connected.close();
                throw e;
            }
            socket = connected;
        }
        return connected;
    }
}
