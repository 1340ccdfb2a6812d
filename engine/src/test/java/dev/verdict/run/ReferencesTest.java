package dev.verdict.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.verdict.environment.Endpoint;
import dev.verdict.environment.EnvironmentException;
import dev.verdict.gateway.Applied;
import dev.verdict.gateway.Gateway;
import dev.verdict.gateway.Link;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.LinkFault.Refuse;
import dev.verdict.plan.Plan;
import dev.verdict.plan.PlanReader;
import dev.verdict.plan.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReferencesTest {
    private static final Text.Address STOCK = new Text.Address("stock", "http", "address");

    @TempDir
    Path folder;

    @Test
    void an_address_in_a_services_environment_leads_over_a_link_of_its_own_that_faults_hit() throws IOException {
        try (ServerSocket stock = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Gateway gateway = new Gateway(new MemoryJournal())) {
            References references = new References(gateway, plan(), new Facts(new RunFolder(folder), 1), Map.of());
            references.lead((service, port) -> new Endpoint("127.0.0.1", stock.getLocalPort()));

            String orders = references.resolve("orders", STOCK);
            String web = references.resolve("web", STOCK);
            assertThat(references.resolve("orders", STOCK)).isEqualTo(orders);
            assertThat(references.resolve("stock", STOCK)).isEqualTo("127.0.0.1:" + stock.getLocalPort());
            assertThat(gateway.links())
                    .extracting(Link::from, Link::to)
                    .containsExactlyInAnyOrder(tuple("orders", "stock.http"), tuple("web", "stock.http"));

            Applied fault = gateway.apply("orders", "stock", new Refuse(), 1);
            assertThat(connects(orders)).isFalse();
            assertThat(connects(web)).isTrue();
            fault.remove();
            assertThat(connects(orders)).isTrue();
        }
    }

    @Test
    void from_inside_a_container_others_are_reached_by_their_names() throws IOException {
        Plan plan = plan("""
                stock: { image: stock, ports: { http: { container: 8080, fixed: 80 } } }
                orders: { image: orders, env: { STOCK: "${stock.http.address}" } }
                """);
        try (Gateway gateway = new Gateway(new MemoryJournal())) {
            References references = new References(gateway, plan, new Facts(new RunFolder(folder), 1), Map.of());
            assertThat(references.resolve("orders", STOCK)).isEqualTo("stock:8080");
            assertThat(gateway.links()).isEmpty();
        }
    }

    @Test
    void a_service_with_a_network_of_its_own_reaches_others_where_they_are() throws IOException {
        Plan plan = plan("""
                stock: { command: [sleep, "1"], network: own, ports: { http: {} } }
                orders: { command: [sleep, "1"], network: own, ports: { http: {} }, env: { STOCK: "${stock.http.address}" } }
                """);
        try (Gateway gateway = new Gateway(new MemoryJournal())) {
            References references = new References(gateway, plan, new Facts(new RunFolder(folder), 1), Map.of());
            references.lead((service, port) -> new Endpoint(service.equals("stock") ? "198.19.0.2" : "198.19.0.3", 80));
            assertThat(references.resolve("orders", STOCK)).isEqualTo("198.19.0.2:80");
            assertThat(gateway.links()).isEmpty();
        }
    }

    @Test
    void a_container_is_reached_where_its_engine_put_it_last_and_nowhere_before() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), "services: { stock: { image: a, ports: [8080] } }");
        Plan plan = system("""
                compose: compose.yaml
                services: { orders: { command: [sleep, "1"], env: { STOCK: "${stock.8080.address}" } } }
                """);
        Text.Address stockAddress = new Text.Address("stock", "8080", "address");
        AtomicReference<Optional<Endpoint>> where = new AtomicReference<>(Optional.empty());
        try (ServerSocket first = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Gateway gateway = new Gateway(new MemoryJournal())) {
            References references = new References(gateway, plan, new Facts(new RunFolder(folder), 1), Map.of());
            references.lead((_, _) -> where.get().orElseThrow(() -> new EnvironmentException("not known")));
            String orders = references.resolve("orders", stockAddress);
            assertThat(references.now(new Text(List.of(stockAddress)))).isEmpty();
            assertThat(answer(orders)).as("before it runs").isEqualTo("cut off");
            for (ServerSocket stock : List.of(first, second)) {
                where.set(Optional.of(new Endpoint("127.0.0.1", stock.getLocalPort())));
                Thread.ofVirtual().start(() -> greet(stock));
                assertThat(answer(orders)).isEqualTo("port " + stock.getLocalPort());
                assertThat(references.now(new Text(List.of(stockAddress))))
                        .contains("127.0.0.1:" + stock.getLocalPort());
            }
        }
    }

    private static void greet(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write(("port " + server.getLocalPort()).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(String address) {
        String[] parts = address.split(":");
        try (Socket socket = new Socket(parts[0], Integer.parseInt(parts[1]))) {
            socket.setSoTimeout(10_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException e) {
            return "cut off";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Plan plan() throws IOException {
        return plan("""
                stock: { command: [sleep, "1"], ports: { http: {} } }
                orders: { command: [sleep, "1"], env: { STOCK: "${stock.http.address}" } }
                web: { command: [sleep, "1"], env: { STOCK: "${stock.http.address}" } }
                """);
    }

    private Plan plan(String services) throws IOException {
        return system("services:\n" + services.indent(2));
    }

    private Plan system(String system) throws IOException {
        Path file = Files.writeString(
                folder.resolve("verdict.yaml"),
                "plan: shop\nsystem:\n" + system.indent(2)
                        + "phases: [{ name: all, suites: [{ name: all, features: . }] }]\n");
        return PlanReader.read(file, new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of()))
                .getFirst()
                .plan();
    }

    private static boolean connects(String address) {
        String[] parts = address.split(":");
        try (Socket socket = new Socket(parts[0], Integer.parseInt(parts[1]))) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
