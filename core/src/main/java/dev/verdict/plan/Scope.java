package dev.verdict.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Knows the values that a plan's texts may refer to, and fills them in.
///
/// Names are looked up among the plan's variables and matrix (whose values `--var` may have given)
/// and then in the environment.
final class Scope {
    /// Holds a value with who gave it.
    record Value(String text, String origin) {}

    /// Holds a text with everything filled in that is known before the run, and who gave it.
    record Filled(Text text, Set<String> origins) {
        /// Returns the text if nothing in it has to wait for the run.
        Optional<String> plain() {
            return text.references().isEmpty() ? Optional.of(text.resolve(Scope::never)) : Optional.empty();
        }
    }

    static final Set<String> FACTS =
            new LinkedHashSet<>(List.of("verdict.java", "run.directory", "run.id", "run.seed"));
    static final List<String> FIELDS = List.of("url", "host", "port", "address");

    private final Map<String, String> environment;
    private final Map<String, String> given;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private List<String> inputs = List.of();

    /// @param given values that replace those of the plan's variables: `--var`
    Scope(Map<String, String> environment, Map<String, String> given) {
        this.environment = Ordered.copy(environment);
        this.given = Ordered.copy(given);
    }

    /// Returns the value that `--var` gives to a variable.
    Optional<String> given(String name) {
        return Optional.ofNullable(given.get(name));
    }

    private static String never(Text.Reference reference) {
        throw new IllegalStateException("a plain text refers to nothing: " + reference);
    }

    /// Reads something whose texts may also refer to these names, which hide all others.
    <T> T offering(List<String> names, Supplier<T> reading) {
        List<String> before = inputs;
        inputs = names;
        try {
            return reading.get();
        } finally {
            inputs = before;
        }
    }

    void define(String name, Value value) {
        values.put(name, value);
    }

    void secret(String name) {
        secrets.add(name);
    }

    Set<String> secrets() {
        return secrets;
    }

    /// Returns the values defined so far, in order.
    Map<String, Value> values() {
        return values;
    }

    Map<String, String> environment() {
        return environment;
    }

    boolean inEnvironment(String name) {
        return environment.containsKey(name);
    }

    /// Fills in a text.
    ///
    /// @param mistakes takes what is wrong with it: then the answer means nothing
    Filled fill(String written, List<String> mistakes) {
        Filling filling = new Filling(mistakes);
        try {
            filling.all(Template.parse(written));
        } catch (Refusal refusal) {
            mistakes.add(refusal.why());
        }
        return filling.done();
    }

    private Optional<Value> find(String name) {
        return Optional.ofNullable(values.get(name))
                .or(() -> Optional.ofNullable(environment.get(name)).map(text -> new Value(text, "environment")));
    }

    private final class Filling {
        private final List<String> mistakes;
        private final List<Text.Part> parts = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();
        private final Set<String> origins = new LinkedHashSet<>();

        Filling(List<String> mistakes) {
            this.mistakes = mistakes;
        }

        Filled done() {
            flush();
            return new Filled(new Text(parts), origins);
        }

        private void flush() {
            if (!literal.isEmpty()) {
                parts.add(new Text.Literal(literal.toString()));
                literal.setLength(0);
            }
        }

        void all(Template template) {
            for (Template.Piece piece : template.pieces()) {
                switch (piece) {
                    case Template.Literal(String text) -> append(text);
                    case Template.Dotted(String name) -> dotted(name);
                    case Template.Variable variable when inputs.contains(variable.name()) -> input(variable);
                    case Template.Variable variable when secrets.contains(variable.name()) -> secret(variable);
                    case Template.Variable variable -> variable(variable);
                }
            }
        }

        private void append(String text) {
            if (literal.length() + (long) text.length() > Yaml.MAX_TEXT) {
                mistakes.add("grows beyond " + Yaml.MAX_TEXT + " characters when its variables are filled in");
                literal.setLength(0);
            } else {
                literal.append(text);
            }
        }

        private void reference(Text.Reference reference) {
            flush();
            parts.add(reference);
        }

        private void dotted(String name) {
            String[] names = name.split("\\.");
            if (FACTS.contains(name) || ArtifactKeys.names(name)) {
                reference(new Text.Fact(name));
            } else if (names.length == 2 && inputs.contains(names[0])) {
                reference(new Text.Input(name));
            } else if (names.length == 3) {
                reference(new Text.Address(names[0], names[1], names[2]));
            } else {
                mistakes.add("'${" + name + "}' is not known; allowed are ${SERVICE.PORT.url|host|port|address}, "
                        + Wording.list(
                                FACTS.stream().map(fact -> "${" + fact + "}").toList())
                        + Nearest.hint(name, FACTS));
            }
        }

        private void input(Template.Variable variable) {
            if (variable.choice().isPresent()) {
                mistakes.add("'" + variable.name() + "' is always there; write ${" + variable.name() + "}");
            }
            reference(new Text.Input(variable.name()));
        }

        private void secret(Template.Variable variable) {
            if (variable.choice().isPresent()) {
                mistakes.add("the secret '" + variable.name() + "' takes no default or other choice; write ${"
                        + variable.name() + "}");
            }
            reference(new Text.SecretValue(variable.name()));
        }

        private void variable(Template.Variable variable) {
            Optional<Value> found = find(variable.name());
            if (variable.choice().isEmpty()) {
                found.ifPresentOrElse(this::use, () -> mistakes.add(unset(variable.name())));
                return;
            }
            Template.Choice choice = variable.choice().get();
            boolean emptyCounts = choice.operator().startsWith(":");
            Optional<Value> set =
                    found.filter(value -> !(emptyCounts && value.text().isEmpty()));
            switch (choice.operator().charAt(choice.operator().length() - 1)) {
                case '-' -> set.ifPresentOrElse(this::use, () -> all(choice.argument()));
                case '+' -> {
                    if (set.isPresent()) {
                        origins.add(set.get().origin());
                        all(choice.argument());
                    }
                }
                default -> set.ifPresentOrElse(this::use, () -> demanded(variable.name(), choice.argument()));
            }
        }

        private void use(Value value) {
            origins.add(value.origin());
            append(value.text());
        }

        private void demanded(String name, Template message) {
            Filling words = new Filling(mistakes);
            words.all(message);
            String said = words.done().plain().filter(text -> !text.isEmpty()).orElse("it is needed");
            mistakes.add("variable '" + name + "' is not set: " + said);
        }

        private String unset(String name) {
            Collection<String> known = new LinkedHashSet<>(values.keySet());
            known.addAll(secrets);
            String declared = known.isEmpty() ? "the plan declares none" : "the plan declares " + Wording.list(known);
            known.addAll(environment.keySet());
            return "variable '" + name + "' is not set; " + declared + ", the environment may set it, and ${" + name
                    + ":-value} gives a default" + Nearest.hint(name, known);
        }
    }
}
