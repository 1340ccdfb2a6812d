package dev.verdict.scenario.steps;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Is a list of names as a step has it: `"a"`, `"a" and "b"`, `"a", "b" and "c"`.
record Names(List<String> each) {
    static final String PATTERN = "\"[^\"]*\"(?:, \"[^\"]*\")*(?: and \"[^\"]*\")?";

    private static final Pattern NAME = Pattern.compile("\"([^\"]*)\"");

    Names {
        each = List.copyOf(each);
    }

    static Names parse(String words) {
        return new Names(NAME.matcher(words)
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList());
    }
}
