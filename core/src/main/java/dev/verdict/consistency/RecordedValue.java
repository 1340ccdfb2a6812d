package dev.verdict.consistency;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

/// Writes values into a run's journal and reads them: JSON, nil as nothing. In a list of whole
/// numbers, whose order says nothing, each run of neighbours stands as `[first, last]`; any other
/// list inside a list is a text.
public final class RecordedValue {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_RUN = 1 << 24;

    private RecordedValue() {}

    /// Returns what stands in the journal for a value.
    public static String write(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        return value instanceof ArrayNode list ? list(list).toString() : value.toString();
    }

    private static JsonNode list(ArrayNode list) {
        if (list.isEmpty() || !list.valueStream().allMatch(JsonNode::isIntegralNumber)) {
            ArrayNode flat = JSON.createArrayNode();
            list.forEach(item -> flat.add(item.isArray() ? StringNode.valueOf(item.toString()) : item));
            return flat;
        }
        long[] sorted =
                list.valueStream().mapToLong(JsonNode::longValue).sorted().toArray();
        ArrayNode runs = JSON.createArrayNode();
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            while (to + 1 < sorted.length && sorted[to + 1] == sorted[to] + 1) {
                to++;
            }
            if (to > from) {
                runs.addArray().add(sorted[from]).add(sorted[to]);
            } else {
                runs.add(sorted[from]);
            }
            from = to + 1;
        }
        return runs;
    }

    /// Returns the cell of what stands in the journal.
    ///
    /// @throws HistoryException if that is no value
    static int read(String text, Values values) {
        if (text.isEmpty()) {
            return Values.NIL;
        }
        try {
            return cell(JSON.readTree(text), values);
        } catch (JacksonException e) {
            throw new HistoryException(
                    "a recorded value is cut or no JSON: " + text.substring(0, Math.min(100, text.length())));
        }
    }

    private static int cell(JsonNode node, Values values) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> Values.NIL;
            case BOOLEAN -> values.bool(node.booleanValue());
            case NUMBER ->
                node.canConvertToLong() && node.isIntegralNumber()
                        ? values.integer(node.longValue())
                        : values.text(node.asString());
            case STRING -> values.text(node.stringValue());
            case ARRAY -> values.list(items((ArrayNode) node, values));
            case OBJECT, POJO, BINARY -> values.text(node.toString());
        };
    }

    private static int[] items(ArrayNode list, Values values) {
        var cells = new Cells();
        for (JsonNode item : list) {
            if (item instanceof ArrayNode run) {
                run(run, values, cells);
            } else {
                cells.add(cell(item, values));
            }
        }
        return cells.toArray();
    }

    private static void run(ArrayNode run, Values values, Cells cells) {
        if (run.size() != 2 || !run.valueStream().allMatch(JsonNode::isIntegralNumber)) {
            throw new HistoryException("a recorded list has a list in it: " + run);
        }
        long from = run.get(0).longValue();
        long to = run.get(1).longValue();
        if (to < from || to - from > MAX_RUN) {
            throw new HistoryException("a recorded list has the run %d to %d".formatted(from, to));
        }
        for (long number = from; number <= to; number++) {
            cells.add(values.integer(number));
        }
    }
}
