package dev.verdict.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.environment.Endpoint;
import dev.verdict.journal.MemoryJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorldTest {
    private final World world = new World(
            new JournaledEvidence("s/a.feature:1", new MemoryJournal(), content -> "", () -> 0),
            new FakeSystem(Path.of("."))
                    .with("orders", "http", new Endpoint("127.0.0.1", 8080))
                    .with("size", "5MB"));

    @Test
    void names_are_replaced_by_what_was_saved_then_variables_then_addresses() {
        world.save("id", "7$");

        assertThat(world.expand("${id}/${size}/${ orders.http.url }/${orders.http.host}"))
                .isEqualTo("7$/5MB/http://127.0.0.1:8080/127.0.0.1");
        assertThat(world.expand("${orders.http.port} ${orders.http.address}")).isEqualTo("8080 127.0.0.1:8080");
        world.save("size", "1");
        assertThat(world.expand("${size}")).isEqualTo("1");
        assertThat(world.saved("size")).contains("1");
    }

    @Test
    void other_dollars_stand_for_themselves() {
        assertThat(world.expand("$.items[0] $$ ^a$ $${size} {size}")).isEqualTo("$.items[0] $$ ^a$ ${size} {size}");
    }

    @Test
    void an_unknown_name_fails_with_the_nearest_known_one() {
        assertThatThrownBy(() -> world.expand("${orders.htp.url}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders.htp.url")
                .hasMessageContaining("did you mean orders.http.url?");
        assertThatThrownBy(() -> world.expand("${}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> world.endpoint("order", "http")).hasMessageContaining("did you mean orders?");
        assertThatThrownBy(() -> world.endpoint("orders", "grpc")).hasMessageContaining("known are http");
    }

    @Test
    void everything_is_closed_though_one_fails_and_nothing_opens_afterwards() {
        List<String> closed = new ArrayList<>();
        world.closing(() -> closed.add("first"));
        world.closing(() -> {
            throw new IllegalStateException("stuck");
        });
        world.closing(() -> closed.add("last"));

        assertThat(world.close()).hasSize(1);
        assertThat(closed).containsExactly("last", "first");
        assertThatThrownBy(() -> world.closing(() -> {})).isInstanceOf(IllegalStateException.class);
    }
}
