package dev.verdict.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the ports of a Compose file, in their short and long form; only those of TCP count.
record ComposePorts(ComposeLayers file, List<Problem> problems) {
    private static final Pattern SHORT = Pattern.compile(
            "(?:(?<address>\\[[0-9A-Fa-f:.]+\\]|[0-9]+(?:\\.[0-9]+){3}):)?(?:(?<host>[0-9]+(?:-[0-9]+)?)?:)?(?<container>[0-9]+(?:-[0-9]+)?)"
                    + "(?:/(?<protocol>[a-z]+))?");

    List<ComposeService.Published> published(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> shortForm(scalar, file.fill(scalar));
            case Node.Mapping mapping -> longForm(mapping);
            case Node.Sequence sequence -> wrong(sequence.position(), "a list");
        };
    }

    List<ComposeService.Published> exposed(Node node) {
        if (!(node instanceof Node.Scalar scalar)) {
            return wrong(node.position(), node.words());
        }
        return shortForm(scalar, file.fill(scalar)).stream()
                .map(ComposeService.Published::onlyExposed)
                .toList();
    }

    private List<ComposeService.Published> shortForm(Node.Scalar scalar, String text) {
        Matcher matcher = SHORT.matcher(text.strip());
        if (!matcher.matches()) {
            return wrong(scalar.position(), "'" + Wording.shorten(text) + "'");
        }
        String protocol = Optional.ofNullable(matcher.group("protocol")).orElse("tcp");
        String address = Optional.ofNullable(matcher.group("address")).orElse("");
        return protocol.equals("tcp")
                ? ports(
                        matcher.group("container"),
                        Optional.ofNullable(matcher.group("host")),
                        address,
                        Optional.empty(),
                        scalar.position())
                : List.of();
    }

    private List<ComposeService.Published> longForm(Node.Mapping mapping) {
        Map<String, Node.Entry> keys = ComposeNodes.entries(mapping);
        String protocol = text(keys, "protocol").orElse("tcp");
        Optional<String> target = text(keys, "target");
        if (target.isEmpty() || !target.get().matches("[0-9]+(?:-[0-9]+)?")) {
            return wrong(mapping.position(), "a mapping without a number as target");
        }
        Optional<String> name =
                text(keys, "name").filter(given -> Names.PORT.refuse(given).isEmpty());
        return protocol.equals("tcp")
                ? ports(
                        target.get(),
                        text(keys, "published").filter(number -> number.matches("[0-9]+(?:-[0-9]+)?")),
                        text(keys, "host_ip").orElse(""),
                        name,
                        mapping.position())
                : List.of();
    }

    private Optional<String> text(Map<String, Node.Entry> keys, String key) {
        return ComposeNodes.scalar(keys, key).map(file::fill);
    }

    private List<ComposeService.Published> ports(
            String container, Optional<String> host, String address, Optional<String> name, Position position) {
        int first = first(container);
        int last = last(container);
        if (first < 1 || last > 65_535 || last < first) {
            return wrong(position, "'" + Wording.shorten(container) + "'");
        }
        // A range on one side and a number on the other: which one it will be is the engine's choice.
        boolean fixed =
                host.isPresent() && last(host.get()) - first(host.get()) == last - first && first(host.get()) > 0;
        List<ComposeService.Published> ports = new ArrayList<>();
        for (int port = first; port <= last; port++) {
            OptionalInt number = fixed ? OptionalInt.of(first(host.get()) + port - first) : OptionalInt.empty();
            ports.add(new ComposeService.Published(
                    port, first == last ? name : Optional.empty(), true, number, address, position));
        }
        return ports;
    }

    private static int first(String range) {
        return number(range.split("-")[0]);
    }

    private static int last(String range) {
        String[] ends = range.split("-");
        return number(ends[ends.length - 1]);
    }

    private static int number(String digits) {
        return digits.length() > 5 ? 0 : Integer.parseInt(digits);
    }

    private List<ComposeService.Published> wrong(Position position, String found) {
        problems.add(new Problem(
                position,
                "ports: expected a port, as 8080, \"8080:80\" or {target: 80, published: 8080}, found " + found));
        return List.of();
    }
}
