package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamStepsTest {
    @TempDir
    Path folder;

    private final CountDownLatch more = new CountDownLatch(1);
    private HttpServer server;
    private Chat chat = new Chat();
    private Script script = new Script(Path.of("."));

    StreamStepsTest() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    }

    @BeforeEach
    void start() throws Exception {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/events", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(": hello\n\nevent: new\ndata: {\"id\":1}\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                more.await(300, TimeUnit.MILLISECONDS);
                out.write("event: paid\nid: 7\ndata: {\"id\":\ndata: 2}\n\ndata: plain\n\n"
                        .getBytes(StandardCharsets.UTF_8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.createContext("/none", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        chat.start();
        chat.ready.await(10, TimeUnit.SECONDS);
        script = new Script(folder).with("orders", server).with("chat", chat.getPort());
    }

    @AfterEach
    void stop() throws InterruptedException {
        more.countDown();
        server.stop(0);
        chat.stop(1000);
    }

    @Test
    void events_are_waited_for_and_collected() throws Exception {
        Script.Told told = script.run(
                        "When the event stream \"/events\" of \"orders\" is opened",
                        "Then an event contains \"plain\"",
                        "And within 5 seconds an event \"paid\" at \"$.id\" is 2",
                        "When the event at \"$.id\" is saved as \"id\"",
                        "Then the event at \"$.id\" is ${id}",
                        "And there are 3 events",
                        "And the events at \"$[0].id\" are 1",
                        "And within 5 seconds the event stream has ended")
                .passed();
        assertThat(told.observed()).allMatch(seen -> seen.kind().equals("sse"));
    }

    @Test
    void an_event_that_does_not_come_fails_with_what_came() throws Exception {
        String open = "When the event stream \"/events\" of \"orders\" is opened";
        script.run(open, "Then within 700 ms an event contains \"gone\"")
                .failed(
                        "events over event stream /events of orders.http: expected contains \"gone\", but was {\"id\":1}",
                        "plain (looked ");
        script.run(open, "Then within 700 ms an event \"sent\" exists").failed("but was nothing came (looked");
        script.run(open, "Then within 100 ms there are 9 events").failed("expected 9 events, but was ");
        script.run(open, "Then the events do not contain \"gone\"", "And an event contains \"plain\"")
                .passed();
        script.run(open, "Then an event contains \"plain\"", "And the events do not contain \"lai\"")
                .failed("expected does not contain \"lai\"");
        script.run(open, "Then an event does not contain \"gone\"").broke("write \"the events\"");
        script.run("When the event stream \"/none\" of \"orders\" is opened").broke("no event stream, but status 404");
        script.run("Then an event exists").broke("nothing was opened that sends events");
    }

    @Test
    void messages_are_sent_and_waited_for() throws Exception {
        Script.Told told = script.run(
                        "When the WebSocket \"/chat\" of \"chat\" is opened as \"ann\"",
                        "And the WebSocket \"/chat\" of \"chat\" is opened as \"bob\"",
                        "Then a message on \"bob\" is \"welcome\"",
                        "When the message \"hi\" is sent on \"ann\"",
                        "Then within 5 seconds a message on \"bob\" is \"hi\"",
                        "And within 5 seconds a message on \"ann\" is \"hi\"",
                        "When the message is sent",
                        "  \"\"\"",
                        "  {\"n\": 3}",
                        "  \"\"\"",
                        "Then a message at \"$.n\" is 3",
                        "And the message at \"$.n\" is 3",
                        "And there are 3 messages",
                        "When the message \"bye\" is sent",
                        "Then within 5 seconds the WebSocket has been closed with 4001")
                .passed();
        assertThat(told.observed()).allMatch(seen -> seen.kind().equals("websocket"));
    }

    @Test
    void a_message_that_does_not_come_fails_with_what_came() throws Exception {
        String open = "When the WebSocket \"/chat\" of \"chat\" is opened";
        script.run(open, "Then within 300 ms a message contains \"gone\"")
                .failed(
                        "messages over WebSocket /chat of chat.http: expected contains \"gone\", but was welcome (looked ");
        script.run(open, "Then within 200 ms the WebSocket has been closed with 1000")
                .failed("expected closed with 1000, but was open");
        script.run(open, "When the WebSocket is closed", "Then the WebSocket has been closed with 1000")
                .failed("but was closed by the scenario");
        script.run("When the WebSocket \"/none\" of \"orders\" is opened").broke("WebSocket /none of orders.http");
    }

    private static final class Chat extends WebSocketServer {
        private final CountDownLatch ready = new CountDownLatch(1);

        Chat() {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            setDaemon(true);
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {
            socket.send("welcome");
        }

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

        @Override
        public void onMessage(WebSocket socket, String message) {
            if (message.equals("bye")) {
                socket.close(4001, "bye");
            } else {
                broadcast(message);
            }
        }

        @Override
        public void onError(WebSocket socket, Exception error) {}

        @Override
        public void onStart() {
            ready.countDown();
        }
    }
}
