package dev.verdict.environment;

import dev.verdict.plan.Port;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Gives every port of every service its number.
final class Ports {
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 65_535;
    private static final int TRIES = 2_000;

    private final RandomGenerator random;
    private final ProcessTable table;
    private final Set<Integer> taken = new HashSet<>();

    /// @param random not the plan's seed: two runs of one plan side by side must not want the same
    ///     ports
    Ports(RandomGenerator random, ProcessTable table) {
        this.random = random;
        this.table = table;
    }

    /// Assigns fixed ports first, then free ones.
    ///
    /// @return numbers by service, then by the port's name
    /// @throws EnvironmentException if a fixed port is in use
    Map<String, Map<String, Integer>> assign(Collection<Service> services) {
        Map<String, Map<String, Integer>> numbers = new LinkedHashMap<>();
        List<Service> started = services.stream()
                .filter(service -> !(service.runs() instanceof Runs.Existing))
                .toList();
        for (Service service :
                started.stream().filter(service -> !service.ownNetwork()).toList()) {
            for (Port port : service.ports().values()) {
                port.fixed().ifPresent(number -> takeFixed(service.name(), port.name(), number));
            }
        }
        for (Service service : started) {
            Map<String, Integer> own = new LinkedHashMap<>();
            for (Port port : service.ports().values()) {
                own.put(port.name(), port.fixed().orElseGet(this::takeFree));
            }
            numbers.put(service.name(), own);
        }
        return numbers;
    }

    private void takeFixed(String service, String port, int number) {
        if (!taken.add(number)) {
            throw new EnvironmentException(
                    "port %d of %s.%s is asked for twice in this plan".formatted(number, service, port));
        }
        if (!free(number)) {
            throw new EnvironmentException(
                    "port %d of %s.%s is in use: %s".formatted(number, service, port, holder(number)));
        }
    }

    private String holder(int number) {
        return new Listeners(table)
                .holder(number)
                .map(owned ->
                        "process %d (%s) listens on %s:%d. If it was left by a run that was killed, `verdict recover` ends it"
                                .formatted(
                                        owned.pid(),
                                        table.command(owned.pid()),
                                        owned.listener().address(),
                                        number))
                .orElse("which process has it cannot be seen (another user's, or in a container)."
                        + " If it was left by a run that was killed, `verdict recover` ends it");
    }

    private int takeFree() {
        int[] ephemeral = ephemeralRange();
        for (int i = 0; i < TRIES; i++) {
            int number = random.nextInt(LOWEST, HIGHEST + 1);
            boolean outside = number < ephemeral[0] || number > ephemeral[1];
            // A machine whose ephemeral range is nearly everything leaves no choice after a while.
            if ((outside || i > TRIES / 2) && !taken.contains(number) && free(number)) {
                taken.add(number);
                return number;
            }
        }
        throw new EnvironmentException("no free port was found between %d and %d".formatted(LOWEST, HIGHEST));
    }

    /// Tells whether nobody listens on the port, on any address.
    static boolean free(int number) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(number));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Returns the ports that the kernel gives to outgoing connections and to listeners that do not
    /// ask for one: a service's port from there could be gone before the service starts.
    static int[] ephemeralRange() {
        // In one read: this file answers only the first, and some readers begin with a byte.
        try (InputStream in = new FileInputStream("/proc/sys/net/ipv4/ip_local_port_range")) {
            byte[] line = new byte[64];
            int length = in.read(line);
            String[] ends = new String(line, 0, Math.max(0, length), StandardCharsets.US_ASCII)
                    .strip()
                    .split("\\s+");
            return new int[] {Integer.parseInt(ends[0]), Integer.parseInt(ends[1])};
        } catch (IOException e) {
            // Elsewhere: the range that IANA set aside (RFC 6335), which macOS and Windows use.
            return new int[] {49_152, 65_535};
        }
    }
}
