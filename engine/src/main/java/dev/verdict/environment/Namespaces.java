package dev.verdict.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Gives services a network of their own: a network namespace each, with an address that the
/// others and this machine reach through a switch, which is a namespace as well. So each can listen
/// on the port it likes, and can be cut off from the others.
///
/// Nothing is forwarded: what has a network of its own reaches the other such services and this
/// machine's address on the switch, and nothing else.
final class Namespaces {
    /// Is where `ip netns` keeps names.
    private static final Path NAMES = Path.of("/run/netns");

    private static final String PREFIX = "vd-";
    private static final int MOST = 250;
    private static final int SUBNETS = 512;
    private static final long COMMAND_SECONDS = 10;

    private final String name;
    private final String subnet;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    private Namespaces(String name, String subnet, Collection<String> services) {
        this.name = name;
        this.subnet = subnet;
        services.forEach(service -> numbers.put(service, numbers.size()));
    }

    /// Chooses names and addresses; [#create] makes them real.
    ///
    /// @param services those with a network of their own
    /// @throws EnvironmentException if there cannot be such networks here; the message says why
    static Namespaces plan(Collection<String> services, RandomGenerator random) {
        if (!services.isEmpty()) {
            check(services);
        }
        String name = HexFormat.of().toHexDigits(random.nextInt()).substring(0, 6);
        return new Namespaces(name, services.isEmpty() ? "" : freeSubnet(random), services);
    }

    private static void check(Collection<String> services) {
        List<String> missing = Stream.of("ip", "nsenter", "setsid")
                .filter(program -> Programs.ofSystem(program).isEmpty())
                .toList();
        String first = services.iterator().next();
        if (!Files.isDirectory(Path.of("/proc/self/ns")) || !missing.isEmpty()) {
            throw new EnvironmentException(
                    "service %s wants a network of its own, which needs Linux with the programs ip and nsenter%s"
                            .formatted(first, missing.isEmpty() ? "" : "; not here: " + String.join(", ", missing)));
        }
        if (services.size() > MOST) {
            throw new EnvironmentException(
                    "%d services want a network of their own; there may be %d".formatted(services.size(), MOST));
        }
    }

    /// Returns a /24 that this machine has no address in, from the range that RFC 2544 sets aside
    /// for tests of networks.
    private static String freeSubnet(RandomGenerator random) {
        List<String> taken = addresses();
        int offset = random.nextInt(SUBNETS);
        return IntStream.range(0, SUBNETS)
                .map(i -> (i + offset) % SUBNETS)
                .mapToObj(i -> "198.%d.%d.".formatted(18 + i / 256, i % 256))
                .filter(prefix -> taken.stream().noneMatch(address -> address.startsWith(prefix)))
                .findFirst()
                .orElseThrow(() -> new EnvironmentException("all networks 198.18.0.0/15 are in use on this machine"));
    }

    private static List<String> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(address -> address.getHostAddress())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("this machine's addresses cannot be read", e);
        }
    }

    /// Makes the networks; the ledger knows of them before they exist.
    ///
    /// @throws EnvironmentException if the system refuses, most likely for want of rights
    void create(Ledger ledger) {
        if (numbers.isEmpty()) {
            return;
        }
        ledger.append(new LedgerEntry.NetworkAnnounced(name));
        List<String> outside = new ArrayList<>(List.of("netns add " + switchName()));
        List<String> inside = new ArrayList<>(List.of("link add br0 type bridge", "link set br0 up"));
        outside.add("link add %s type veth peer name host netns %s".formatted(hostLink(name), switchName()));
        outside.add("addr add %s1/24 dev %s".formatted(subnet, hostLink(name)));
        outside.add("link set %s up".formatted(hostLink(name)));
        inside.addAll(List.of("link set host master br0", "link set host up"));
        numbers.forEach((service, number) -> {
            outside.add("netns add " + namespace(number));
            inside.add("link add n%d type veth peer name eth0 netns %s".formatted(number, namespace(number)));
            inside.add("link set n%d master br0".formatted(number));
            inside.add("link set n%d up".formatted(number));
        });
        ip(List.of(), outside);
        ip(List.of("-n", switchName()), inside);
        numbers.forEach((service, number) -> ip(
                List.of("-n", namespace(number)),
                List.of("link set lo up", "addr add %s/24 dev eth0".formatted(host(number)), "link set eth0 up")));
    }

    private static void ip(List<String> options, List<String> lines) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(options);
        command.addAll(List.of("-batch", "-"));
        String problem = run(command, String.join("\n", lines) + "\n");
        if (!problem.isEmpty()) {
            throw new EnvironmentException(
                    "networks of the services' own cannot be made, which needs root (CAP_SYS_ADMIN and CAP_NET_ADMIN): "
                            + problem);
        }
    }

    /// Runs a command that ends soon.
    ///
    /// @return what went wrong; empty if nothing did
    private static String run(List<String> command, String input) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            // What these say fits into the pipe.
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return String.join(" ", command) + " did not end";
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0
                    ? ""
                    : said.isEmpty() ? String.join(" ", command) + " failed" : said.replaceAll("\\s*\\R\\s*", "; ");
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /// Returns the address of a service's own network; empty if it shares this machine's.
    Optional<String> host(String service) {
        return Optional.ofNullable(numbers.get(service)).map(this::host);
    }

    private String host(int number) {
        return subnet + (number + 2);
    }

    /// Returns what stands in front of a command that is to run in the service's network; empty if
    /// that is this machine's. It replaces itself by the command.
    List<String> enter(String service) {
        return net(service)
                .map(net -> List.of("nsenter", "--net=" + net.namespace()))
                .orElse(List.of());
    }

    /// Returns the service's network; empty if that is this machine's.
    Optional<Net> net(String service) {
        return Optional.ofNullable(numbers.get(service))
                .map(number -> new Net(NAMES.resolve(namespace(number)), Set.of(host(number))));
    }

    /// Removes the networks; whoever still runs in one keeps it, without a connection.
    ///
    /// @return what went wrong, a sentence each
    List<String> remove() {
        return numbers.isEmpty() ? List.of() : remove(name);
    }

    /// Removes the networks of a run, all that are there.
    ///
    /// @param name as in its ledger
    static List<String> remove(String name) {
        List<String> problems = new ArrayList<>();
        for (String namespace : namespaces(name)) {
            add(problems, run(List.of("ip", "netns", "del", namespace), ""));
        }
        // The kernel takes the other end along when it gets to it; the name must be free now.
        if (Files.exists(Path.of("/sys/class/net", hostLink(name)))) {
            String problem = run(List.of("ip", "link", "del", hostLink(name)), "");
            if (Files.exists(Path.of("/sys/class/net", hostLink(name)))) {
                add(problems, problem);
            }
        }
        return problems;
    }

    private static void add(List<String> problems, String problem) {
        if (!problem.isEmpty()) {
            problems.add(problem);
        }
    }

    /// Returns the names of a run's namespaces that exist.
    static List<String> namespaces(String name) {
        if (!Files.isDirectory(NAMES)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(NAMES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(PREFIX + name + "-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the network namespaces cannot be listed", e);
        }
    }

    private String switchName() {
        return PREFIX + name + "-switch";
    }

    private String namespace(int number) {
        return PREFIX + name + "-" + number;
    }

    private static String hostLink(String name) {
        return PREFIX + name;
    }
}
