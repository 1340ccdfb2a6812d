package dev.verdict.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.json.JsonMapper;

/// Writes the reports' JSON: a line each, absent and empty values left out where they are optional.
final class Json {
    static final JsonMapper COMPACT = JsonMapper.builder()
            .changeDefaultPropertyInclusion(old -> old.withValueInclusion(JsonInclude.Include.NON_EMPTY))
            .build();
    static final JsonMapper COMPLETE = JsonMapper.builder()
            .changeDefaultPropertyInclusion(old -> old.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private Json() {}

    /// Returns JSON that can stand inside an HTML `script` element: `<` only occurs in strings
    /// there, and escaped it can neither end the element nor open a comment.
    static String forHtml(Object value) {
        return COMPACT.writeValueAsString(value).replace("<", "\\u003c");
    }
}
