package dev.verdict.report;

import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Fills the page's frame: styles, script and data in one file.
///
/// A content security policy names the digests of the page's own scripts, so that nothing from a
/// journal could run even if it got into the markup.
final class PageTemplate {
    private static final Pattern MARK = Pattern.compile("\\{\\{(\\w+)}}");
    private static final List<String> SCRIPTS = List.of(
            "page.js",
            "scenarios.js",
            "services.js",
            "faults.js",
            "activities.js",
            "loads.js",
            "targets.js",
            "timeline.js",
            "start.js");
    private static final int MOST_WITHOUT_SCRIPT = 200;

    private PageTemplate() {}

    static String fill(Page page, String details) {
        String theme = resource("theme.js");
        String script = SCRIPTS.stream().map(PageTemplate::resource).collect(Collectors.joining("\n"));
        Map<String, String> values = Map.of(
                "title",
                escaped(word(page.run().outcome()) + " · " + page.run().plan()),
                "policy",
                "'" + digest(theme) + "' '" + digest(script) + "'",
                "style",
                resource("page.css"),
                "theme",
                theme,
                "plain",
                plain(page),
                "data",
                Json.forHtml(page),
                "details",
                details,
                "script",
                script);
        // One pass: what is filled in is never looked at again.
        Matcher marks = MARK.matcher(resource("page.html"));
        StringBuilder html = new StringBuilder();
        while (marks.find()) {
            marks.appendReplacement(html, "");
            html.append(Objects.requireNonNull(values.get(marks.group(1)), marks.group(1)));
        }
        return marks.appendTail(html).toString();
    }

    /// Returns what is readable where scripts do not run.
    private static String plain(Page page) {
        StringBuilder text = new StringBuilder("<h1>")
                .append(escaped(word(page.run().outcome()) + ": " + page.run().plan()))
                .append("</h1><ul>");
        page.run().reasons().forEach(reason -> text.append(item(reason)));
        text.append("</ul><h2>Scenarios that did not pass</h2><ul>");
        page.scenarios().stream()
                .filter(row -> row.outcome() != Outcome.PASSED && row.outcome() != Outcome.SKIPPED)
                .limit(MOST_WITHOUT_SCRIPT)
                .forEach(row -> text.append(item(word(row.outcome()) + ": " + row.name() + " ("
                        + ScenarioResult.place(row.uri(), row.line()) + ") " + row.reason())));
        return text.append("</ul>").toString();
    }

    private static String item(String text) {
        return "<li>" + escaped(text) + "</li>";
    }

    private static String word(Outcome outcome) {
        String name = outcome.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.appendCodePoint(c < ' ' ? ' ' : c);
            }
        });
        return html.toString();
    }

    private static String digest(String script) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(sha256);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(PageTemplate.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
