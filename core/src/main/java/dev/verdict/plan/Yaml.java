package dev.verdict.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Turns YAML into [Node]s with positions, within bounds.
///
/// It works on the parser's events, not on its composed nodes: so the bounds act while reading, and
/// neither a deep nor a bomb-like document costs stack, memory or time.
final class Yaml {
    static final int MAX_DEPTH = 24;
    static final int MAX_NODES = 20_000;
    static final int MAX_TEXT = 65_536;

    private static final String PLAN = "plan";

    /// Remembers an anchored node with what an alias to it costs.
    private record Anchored(Node node, int nodes, int height) {}

    private final String file;
    private final String what;
    private final List<Problem> problems;
    private final BiConsumer<Position, String> tags;
    private final Iterator<Event> events;
    private final Map<String, Optional<Anchored>> anchors = new HashMap<>();
    private int nodes;
    private int deepest;

    private Yaml(String text, String file, String what, List<Problem> problems, BiConsumer<Position, String> tags) {
        this.file = file;
        this.what = what;
        this.problems = problems;
        this.tags = tags;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /// Reads the one document of `text`.
    ///
    /// @param problems takes duplicate keys, which do not keep the rest from being read
    /// @throws PlanException for what cannot be read at all
    static Node parse(String text, String file, List<Problem> problems) {
        return parse(text, file, PLAN, problems, (position, tag) -> {
            throw refuse(position, "YAML tags as '" + Wording.shorten(tag) + "' have no use in a plan");
        });
    }

    /// Reads the one document of a file that others define.
    ///
    /// @param what it is, as `Compose file`
    /// @param tags is told of its tags, which are passed over
    static Node parseForeign(
            String text, String file, String what, List<Problem> problems, BiConsumer<Position, String> tags) {
        return parse(text, file, what, problems, tags);
    }

    private static Node parse(
            String text, String file, String what, List<Problem> problems, BiConsumer<Position, String> tags) {
        try {
            return new Yaml(text, file, what, problems, tags).document();
        } catch (ReaderException e) {
            String message = "the character U+%04X is not allowed in YAML".formatted(e.getCodePoint());
            throw refuse(PlanFile.position(file, text, e.getPosition()), message);
        } catch (MarkedYamlEngineException e) {
            String context = e.getContext() == null ? "" : " " + e.getContext();
            String message = "not valid YAML: " + e.getProblem() + context;
            throw refuse(at(file, e.getProblemMark().or(e::getContextMark)), message);
        } catch (YamlEngineException e) {
            throw refuse(new Position(file, 1, 1), "not valid YAML: " + e.getMessage());
        }
    }

    static PlanException refuse(Position position, String message) {
        return new PlanException(List.of(new Problem(position, message)));
    }

    private static Position at(String file, Optional<Mark> mark) {
        return mark.map(place -> new Position(file, place.getLine() + 1, place.getColumn() + 1))
                .orElse(new Position(file, 1, 1));
    }

    private Node document() {
        events.next();
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            String hint = isPlan() ? "; `verdict init` writes one to start from" : "";
            throw refuse(new Position(file, 1, 1), "the " + what + " is empty" + hint);
        }
        Node root = node(events.next(), 1);
        events.next();
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw refuse(position(end), "a second document begins; a " + what + " is one YAML document");
        }
        return root;
    }

    private boolean isPlan() {
        return what.equals(PLAN);
    }

    private Position position(Event event) {
        return at(file, event.getStartMark());
    }

    private Node node(Event event, int depth) {
        deepest = Math.max(deepest, depth);
        count(event, 1, depth);
        return switch (event) {
            case AliasEvent alias -> alias(alias, depth);
            case ScalarEvent scalar -> anchored(scalar, depth, () -> scalar(scalar));
            case SequenceStartEvent start -> anchored(start, depth, () -> sequence(start, depth));
            case MappingStartEvent start -> anchored(start, depth, () -> mapping(start, depth));
            default -> throw refuse(position(event), "not valid YAML: unexpected " + event.getEventId());
        };
    }

    private void count(Event event, int more, int depth) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw refuse(
                    position(event),
                    "the " + what + " has more than " + MAX_NODES + " values, those that aliases repeat counted again");
        }
        if (depth > MAX_DEPTH) {
            throw refuse(position(event), "nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private Node alias(AliasEvent alias, int depth) {
        String name = alias.getAlias().getValue();
        Optional<Anchored> known = anchors.get(name);
        if (known == null) {
            throw refuse(position(alias), "unknown anchor '" + name + "'" + Nearest.hint(name, anchors.keySet()));
        }
        Anchored anchored = known.orElseThrow(
                () -> refuse(position(alias), "the alias '*" + name + "' stands inside the value that it repeats"));
        count(alias, anchored.nodes(), depth + anchored.height());
        deepest = Math.max(deepest, depth + anchored.height());
        return anchored.node();
    }

    private Node anchored(NodeEvent event, int depth, java.util.function.Supplier<Node> content) {
        if (event.getAnchor().isEmpty()) {
            return content.get();
        }
        String name = event.getAnchor().get().getValue();
        anchors.put(name, Optional.empty());
        int nodesBefore = nodes;
        int deepestBefore = deepest;
        deepest = depth;
        Node node = content.get();
        anchors.put(name, Optional.of(new Anchored(node, nodes - nodesBefore, deepest - depth)));
        deepest = Math.max(deepest, deepestBefore);
        return node;
    }

    private Node.Scalar scalar(ScalarEvent event) {
        event.getTag().ifPresent(tag -> tags.accept(position(event), tag));
        if (event.getValue().length() > MAX_TEXT) {
            throw refuse(position(event), "a text longer than " + MAX_TEXT + " characters");
        }
        return new Node.Scalar(event.getValue(), event.isPlain(), position(event), "plan");
    }

    private Node sequence(SequenceStartEvent start, int depth) {
        start.getTag().ifPresent(tag -> tags.accept(position(start), tag));
        List<Node> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Sequence(items, position(start), "plan");
    }

    private Node mapping(MappingStartEvent start, int depth) {
        start.getTag().ifPresent(tag -> tags.accept(position(start), tag));
        Map<String, Node.Entry> entries = new java.util.LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Position position = position(event);
            if (!(node(event, depth + 1) instanceof Node.Scalar key)) {
                throw refuse(position, "a key must be a plain text");
            }
            Node value = node(events.next(), depth + 1);
            Node.Entry first = entries.putIfAbsent(key.text(), new Node.Entry(key, value));
            if (first != null) {
                int line = first.key().position().line();
                problems.add(new Problem(
                        position, "the key '" + Wording.shorten(key.text()) + "' stands already in line " + line));
            }
        }
        return new Node.Mapping(List.copyOf(entries.values()), position(start), "plan");
    }
}
