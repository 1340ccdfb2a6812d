package dev.verdict.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.journal.MemoryJournal;
import dev.verdict.plan.Service;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    Path directory;

    private static Service with(String name, OptionalInt fixed) {
        return Systems.port(Systems.shell(name, "exec sleep 300"), "http", "PORT", fixed);
    }

    @Test
    void free_ports_lie_outside_the_range_that_the_kernel_hands_out() {
        int[] ephemeral = Ports.ephemeralRange();
        for (int seed = 0; seed < 50; seed++) {
            int port = numbers(new Ports(new SplittableRandom(seed), ProcessTable.here())
                            .assign(List.of(with("stock", OptionalInt.empty()))))
                    .getFirst();

            assertThat(port).matches(number -> number < ephemeral[0] || number > ephemeral[1]);
            assertThat(Ports.free(port)).isTrue();
        }
    }

    @Test
    void no_port_is_given_twice() {
        Service one = with("one", OptionalInt.empty());
        Service two = with("two", OptionalInt.empty());
        // The same numbers come up for both when the source of chance repeats itself.
        var stuck = new java.util.random.RandomGenerator() {
            private int calls;

            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int nextInt(int origin, int bound) {
                return 21_000 + calls++ / 3;
            }
        };
        var assigned = new Ports(stuck, ProcessTable.here()).assign(List.of(one, two));

        assertThat(numbers(assigned)).hasSize(2).doesNotHaveDuplicates();
    }

    private static List<Integer> numbers(Map<String, Map<String, Integer>> assigned) {
        return assigned.values().stream()
                .flatMap(ports -> ports.values().stream())
                .toList();
    }

    @Test
    void a_fixed_port_in_use_is_refused_with_the_process_that_has_it() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Service stock = with("stock", OptionalInt.of(holder.getLocalPort()));

            assertThatThrownBy(() -> Systems.environment(directory, new MemoryJournal(), stock))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("port %d of stock.http is in use", holder.getLocalPort())
                    .hasMessageContaining(
                            "process %d (", ProcessHandle.current().pid())
                    .hasMessageContaining("java")
                    .hasMessageContaining("`verdict recover`");
        }
    }

    @Test
    void a_fixed_port_asked_for_twice_is_refused() {
        assertThatThrownBy(() -> Systems.environment(
                        directory,
                        new MemoryJournal(),
                        with("one", OptionalInt.of(21_345)),
                        with("two", OptionalInt.of(21_345))))
                .hasMessageContaining("asked for twice");
    }
}
