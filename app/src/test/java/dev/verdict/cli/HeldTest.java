package dev.verdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldTest {
    @Test
    void a_service_is_shown_where_it_listens_since_its_last_start() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
        Held held = new Held(Terminal.detect(to, to, Map.of()));
        held.emit(new Event.ServiceStarting("stock", List.of("stock"), Map.of("http", 4001)));
        held.emit(new Event.ServiceStarting("stock", List.of("stock"), Map.of("http", 4002)));
        held.print(to);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .matches(" +stock.http +127\\.0\\.0\\.1:4002");
    }
}
