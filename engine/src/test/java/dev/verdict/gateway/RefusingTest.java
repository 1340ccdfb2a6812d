package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.plan.LinkFault.Refuse;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RefusingTest extends OnTheWire {
    @Test
    void connect_fails_while_it_acts_and_open_connections_go_on() throws Exception {
        Link link = linkTo(this::echo);
        try (Socket open = connect(link)) {
            assertEchoes(open);
            Applied fault = gateway.apply("*", "server.tcp", new Refuse(), 1);
            Applied again = gateway.apply("*", "*", new Refuse(), 1);
            assertThatThrownBy(() -> connect(link)).isInstanceOf(ConnectException.class);
            assertEchoes(open);
            again.remove();
            assertThatThrownBy(() -> connect(link)).isInstanceOf(ConnectException.class);
            fault.remove();
            fault.remove();
            try (Socket fresh = connect(link)) {
                assertEchoes(fresh);
            }
        }
    }

    @Test
    void who_connected_a_moment_before_is_not_refused() throws Exception {
        Link link = linkTo(this::echo);
        for (int i = 0; i < 50; i++) {
            try (Socket open = connect(link)) {
                Applied fault = gateway.apply("*", "*", new Refuse(), 1);
                assertEchoes(open);
                fault.remove();
            }
        }
    }

    @Test
    void a_link_that_is_opened_later_refuses_from_the_first_connection_on() throws Exception {
        Applied fault = gateway.apply("scenario", "*", new Refuse(), 1);
        Link link = linkTo(this::echo);
        assertThatThrownBy(() -> connect(link)).isInstanceOf(ConnectException.class);
        fault.remove();
        try (Socket fresh = connect(link)) {
            assertEchoes(fresh);
        }
    }

    @Test
    void the_first_few_are_accepted_and_reset_and_then_it_works() throws Exception {
        Link link = linkTo(this::echo);
        Applied fault = gateway.apply("scenario", "server", new Refuse().first(2), 1);
        for (int i = 0; i < 2; i++) {
            try (Socket client = connect(link)) {
                assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            }
        }
        try (Socket client = connect(link)) {
            assertEchoes(client);
        }
        assertThat(fault.struck()).isEqualTo(2);
        assertThat(link.counts().refused()).isEqualTo(2);
    }
}
