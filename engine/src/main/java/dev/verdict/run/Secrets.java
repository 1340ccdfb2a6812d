package dev.verdict.run;

import dev.verdict.journal.Redactor;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the values that a plan names as secrets.
final class Secrets {
    private Secrets() {}

    /// Returns the values by name.
    ///
    /// @throws RunException if one is not there
    static Map<String, String> read(ResolvedPlan plan, Map<String, String> environment) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Secret secret : plan.plan().secrets()) {
            String value = value(secret, plan.directory(), environment);
            if (Redactor.refuses(value)) {
                throw new RunException("the secret %s is too short to be kept out of reports: it needs %d characters"
                        .formatted(secret.name(), Redactor.MIN_LENGTH));
            }
            values.put(secret.name(), value);
        }
        return values;
    }

    private static String value(Secret secret, Path directory, Map<String, String> environment) {
        if (secret.file().isPresent()) {
            Path file = directory.resolve(secret.file().get());
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new RunException(
                        "the secret %s cannot be read from %s: %s".formatted(secret.name(), file, e.getMessage()), e);
            }
        }
        return Optional.ofNullable(environment.get(secret.name()))
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new RunException(
                        "the secret %s is not set in the environment: export %s=…, or give it a file in the plan"
                                .formatted(secret.name(), secret.name())));
    }
}
