package dev.verdict.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Holds a string of the plan whose variables are filled in, but whose references are not known
/// before the run: addresses, the run's own folder, secrets.
public record Text(List<Part> parts) {
    public Text {
        parts = List.copyOf(parts);
    }

    /// Is a literal or a reference.
    public sealed interface Part {}

    /// Stands for itself.
    public record Literal(String text) implements Part {}

    /// Stands for a value that the run supplies.
    public sealed interface Reference extends Part {}

    /// Stands for a service's address: `${stock.http.url}`. In a service's own texts it is where
    /// that service listens; in another's it leads over the gateway.
    ///
    /// @param field `url` (`http://HOST:PORT`), `host`, `port` or `address` (`HOST:PORT`)
    public record Address(String service, String port, String field) implements Reference {}

    /// Stands for a fact of the run: `${verdict.java}` (the java that runs Verdict),
    /// `${run.directory}`, `${run.id}`, `${run.seed}`, and of artifacts, `${artifact.NAME.path}`.
    public record Fact(String name) implements Reference {}

    /// Stands for a secret's value: `${NAME}` where NAME is listed under `secrets`.
    public record SecretValue(String name) implements Reference {}

    /// Stands for what one operation of a workload is about, as its key: see [Workload#INPUTS].
    public record Input(String name) implements Reference {}

    /// Wraps a string that stands for itself.
    public static Text of(String literal) {
        return new Text(List.of(new Literal(literal)));
    }

    /// Returns the string with every reference replaced by what `values` answers.
    public String resolve(Function<Reference, String> values) {
        return parts.stream()
                .map(part -> switch (part) {
                    case Literal literal -> literal.text();
                    case Reference reference -> values.apply(reference);
                })
                .collect(Collectors.joining());
    }

    /// Returns the text with each reference that `values` answers filled in, and the others left.
    public Text filled(Function<Reference, Optional<String>> values) {
        return new Text(parts.stream()
                .map(part -> part instanceof Reference reference
                        ? values.apply(reference).<Part>map(Literal::new).orElse(reference)
                        : part)
                .toList());
    }

    /// Returns the references in order.
    public List<Reference> references() {
        return parts.stream()
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .toList();
    }

    /// Returns the string as a plan would write it: `$` of a literal is doubled.
    public String source() {
        return parts.stream()
                .map(part -> switch (part) {
                    case Literal literal -> literal.text().replace("$", "$$");
                    case Address address -> "${%s.%s.%s}".formatted(address.service(), address.port(), address.field());
                    case Fact fact -> "${" + fact.name() + "}";
                    case SecretValue secret -> "${" + secret.name() + "}";
                    case Input input -> "${" + input.name() + "}";
                })
                .collect(Collectors.joining());
    }
}
