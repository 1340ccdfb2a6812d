package dev.verdict.environment;

import dev.verdict.plan.Text;

/// Answers the references in a service's command, directory and variables; the run supplies it,
/// because an address that one service has of another leads over the gateway.
@FunctionalInterface
public interface ReferenceResolver {
    /// Returns the value of a reference that stands in the texts of `service`.
    String resolve(String service, Text.Reference reference);
}
