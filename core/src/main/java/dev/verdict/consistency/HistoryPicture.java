package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Draws an anomaly: a lane for each process, a bar for each operation from its call to its return,
/// the culprits marked. An SVG file by itself, for light and dark screens and for paper; the wheel
/// zooms in time, dragging moves, a double click shows all again.
public final class HistoryPicture {
    private static final int LEFT = 90;
    private static final int STEP = 64;
    private static final int LANE = 34;
    private static final int BAR = 22;
    private static final int TOP = 64;
    private static final int MIN_WIDTH = 860;
    private static final int MAX_LABEL = 60;
    private static final int MAX_STEPS = 12;

    private static final String STYLE = """
            <style>
              svg { background: #fff; color: #1c2430; font: 12px system-ui, sans-serif; }
              text { fill: currentColor; } .quiet { fill: #66707d; }
              .lane { stroke: #d8dde3; } .bar rect { fill: #dbe7f6; stroke: #3b6ea8; }
              .info rect { stroke-dasharray: 4 3; } .culprit rect { fill: #f9d4d0; stroke: #b3261e; stroke-width: 2; }
              .culprit text { font-weight: 600; }
              @media (prefers-color-scheme: dark) { svg { background: #14181d; color: #e6eaf0; } .quiet { fill: #9aa5b1; }
                .lane { stroke: #333b45; } .bar rect { fill: #22364f; stroke: #7fb0e6; }
                .culprit rect { fill: #57211d; stroke: #ff8a80; } }
              @media print { svg { background: #fff; color: #000; } .bar rect { fill: #fff; stroke: #000; }
                .culprit rect { fill: #ddd; stroke: #000; stroke-width: 3; } .lane { stroke: #bbb; } }
            </style>
            """;

    private static final String SCRIPT = """
            <script><![CDATA[
              (function () {
                var svg = document.currentScript.ownerSVGElement || document.documentElement;
                var all = svg.getAttribute("viewBox").split(" ").map(Number), now = all.slice(), held = null;
                function show() { svg.setAttribute("viewBox", now.join(" ")); }
                svg.addEventListener("wheel", function (e) {
                  e.preventDefault();
                  var box = svg.getBoundingClientRect(), k = e.deltaY < 0 ? 0.8 : 1.25;
                  var x = now[0] + now[2] * (e.clientX - box.left) / box.width;
                  var y = now[1] + now[3] * (e.clientY - box.top) / box.height;
                  now = [x - (x - now[0]) * k, y - (y - now[1]) * k, now[2] * k, now[3] * k];
                  show();
                }, { passive: false });
                svg.addEventListener("pointerdown", function (e) { held = [e.clientX, e.clientY, now.slice()]; });
                svg.addEventListener("pointermove", function (e) {
                  if (!held) return;
                  var box = svg.getBoundingClientRect();
                  now[0] = held[2][0] - (e.clientX - held[0]) * now[2] / box.width;
                  now[1] = held[2][1] - (e.clientY - held[1]) * now[3] / box.height;
                  show();
                });
                window.addEventListener("pointerup", function () { held = null; });
                svg.addEventListener("dblclick", function () { now = all.slice(); show(); });
              })();
            ]]></script>
            """;

    private final History history;
    private final Anomaly anomaly;
    private final Map<Integer, Integer> columns = new HashMap<>();
    private final Map<Long, Integer> lanes = new HashMap<>();
    private final StringBuilder out = new StringBuilder(1 << 14);

    private HistoryPicture(History history, Anomaly anomaly) {
        this.history = history;
        this.anomaly = anomaly;
    }

    /// Returns the picture of an anomaly of this history, as the text of an SVG file.
    public static String svg(History history, Anomaly anomaly) {
        return new HistoryPicture(history, anomaly).draw();
    }

    private String draw() {
        arrange();
        List<Anomaly.Placed> steps = anomaly.prefix()
                .subList(
                        Math.max(0, anomaly.prefix().size() - MAX_STEPS),
                        anomaly.prefix().size());
        int width = Math.max(MIN_WIDTH, LEFT + (columns.size() + 1) * STEP);
        int lanesEnd = TOP + lanes.size() * LANE;
        int height = lanesEnd + 40 + 18 * (steps.size() + 1);
        out.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">%n"
                        .formatted(width, height, width, height));
        out.append("<title>").append(escape(anomaly.name())).append("</title>\n");
        out.append("<desc>").append(escape(anomaly.text())).append("</desc>\n");
        out.append(STYLE);
        text(12, 22, "", anomaly.name());
        text(12, 42, "quiet", shortened(anomaly.text(), width / 6));
        lanes.forEach((process, lane) -> {
            int y = TOP + lane * LANE + LANE / 2;
            out.append("<line class=\"lane\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>%n".formatted(LEFT, width, y, y));
            text(12, y + 4, "quiet", "process " + process);
        });
        anomaly.operations().forEach(this::bar);
        steps(steps, lanesEnd + 28);
        return out.append(SCRIPT).append("</svg>\n").toString();
    }

    /// Gives each event of the part a column of its own, so that every overlap can be seen, however
    /// short it was.
    private void arrange() {
        List<Integer> events = new ArrayList<>();
        for (int operation : anomaly.operations()) {
            lanes.putIfAbsent(history.process(operation), 0);
            events.add(history.called(operation));
            if (history.returned(operation) != History.NEVER) {
                events.add(history.returned(operation));
            }
        }
        events.stream().sorted().forEach(event -> columns.putIfAbsent(event, columns.size()));
        List<Long> processes = lanes.keySet().stream().sorted().toList();
        processes.forEach(process -> lanes.put(process, processes.indexOf(process)));
    }

    private void bar(int index) {
        Operation operation = history.operation(index);
        boolean known = operation.returned() != History.NEVER;
        Set<String> classes = new HashSet<>(Set.of("bar"));
        if (!known) {
            classes.add("info");
        }
        if (anomaly.culprits().contains(index)) {
            classes.add("culprit");
        }
        int from = x(operation.called());
        int to = known ? x(operation.returned()) : LEFT + columns.size() * STEP + STEP / 2;
        int y = TOP + lanes.getOrDefault(operation.process(), 0) * LANE + (LANE - BAR) / 2;
        out.append("<g class=\"%s\"><title>%s</title>"
                .formatted(String.join(" ", classes.stream().sorted().toList()), escape(operation + times(operation))));
        out.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>".formatted(from, y, to - from, BAR));
        int room = Math.max(6, (to - from) / 7);
        text(from + 6, y + 15, "", shortened(label(operation), Math.min(room, MAX_LABEL)));
        out.append("</g>\n");
    }

    private int x(int event) {
        return LEFT + columns.getOrDefault(event, 0) * STEP;
    }

    private void steps(List<Anomaly.Placed> steps, int top) {
        int y = top;
        if (!steps.isEmpty()) {
            text(
                    12,
                    y,
                    "",
                    steps.size() < anomaly.prefix().size()
                            ? "the end of the longest legal order:"
                            : "the longest legal order:");
        }
        for (Anomaly.Placed step : steps) {
            y += 18;
            text(24, y, "quiet", shortened(history.operation(step.operation()) + "  ⇒  " + step.state(), 120));
        }
    }

    private String times(Operation operation) {
        return history.timed()
                ? String.format(
                        Locale.ROOT,
                        "  (%.3f ms to %.3f ms)",
                        operation.callNanos() / 1e6,
                        operation.returnNanos() / 1e6)
                : "";
    }

    private static String label(Operation operation) {
        String text = operation.toString();
        return text.substring(text.indexOf(' ') + 1).replaceFirst(" ok$", "");
    }

    private void text(int x, int y, String style, String text) {
        String kind = style.isEmpty() ? "" : " class=\"" + style + "\"";
        out.append("<text x=\"%d\" y=\"%d\"%s>%s</text>".formatted(x, y, kind, escape(text)));
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, Math.max(1, length - 1)) + "…";
    }

    /// Escapes what XML takes for its own, and what it cannot hold at all.
    private static String escape(String text) {
        var escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    boolean allowed = c >= 0x20 && c != 0xfffe && c != 0xffff && !(c >= 0xd800 && c <= 0xdfff);
                    escaped.appendCodePoint(allowed ? c : 0xfffd);
                }
            }
        });
        return escaped.toString();
    }
}
