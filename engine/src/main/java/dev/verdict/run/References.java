package dev.verdict.run;

import dev.verdict.environment.Endpoint;
import dev.verdict.environment.EnvironmentException;
import dev.verdict.environment.ReferenceResolver;
import dev.verdict.gateway.Gateway;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Port;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import dev.verdict.plan.Text;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Fills in what a plan's texts refer to. Another service's address leads over the gateway, by a
/// link of its own: `orders→stock`.
final class References implements ReferenceResolver {
    private final Plan plan;
    private final Facts facts;
    private final Map<String, String> secrets;
    private final Addresses addresses;
    private @Nullable BiFunction<String, String, Endpoint> endpoints;

    /// @param plan says who reaches what directly: a service in a network of its own, which is
    ///     where a partition acts, does not reach the gateway
    References(Gateway gateway, Plan plan, Facts facts, Map<String, String> secrets) {
        this.plan = plan;
        this.facts = facts;
        this.secrets = secrets;
        this.addresses = new Addresses(gateway, plan, this::endpoint);
    }

    /// Says where services listen: known only after the environment has chosen its ports, which in
    /// turn needs this resolver.
    void lead(BiFunction<String, String, Endpoint> where) {
        endpoints = where;
    }

    Addresses addresses() {
        return addresses;
    }

    @Override
    public String resolve(String service, Text.Reference reference) {
        return switch (reference) {
            case Text.Address address -> Addresses.render(address(service, address), address.field());
            case Text.Fact fact -> facts.value(fact);
            case Text.Input input -> throw new IllegalStateException("only an operation knows ${" + input.name() + "}");
            case Text.SecretValue secret -> Objects.requireNonNull(secrets.get(secret.name()), secret.name());
        };
    }

    /// Returns what a text of the plan itself refers to: a service where it listens.
    private String direct(Text.Reference reference) {
        return reference instanceof Text.Address address
                ? Addresses.render(endpoint(address.service(), address.port()), address.field())
                : resolve("", reference);
    }

    /// Returns what a text of the plan itself says now; empty while a container that it refers to
    /// has not run.
    Optional<String> now(Text text) {
        try {
            return Optional.of(text.resolve(this::direct));
        } catch (EnvironmentException e) {
            return Optional.empty();
        }
    }

    private Endpoint address(String service, Text.Address address) {
        Service asking = plan.services().get(service);
        if (asking != null && asking.runs() instanceof Runs.Container) {
            return amongContainers(address);
        }
        boolean direct = service.equals(address.service()) || (asking != null && asking.ownNetwork());
        return direct
                ? endpoint(address.service(), address.port())
                : addresses.of(service, address.service(), address.port());
    }

    /// Inside a container of the run, others are reached by name, over the network that they share:
    /// this machine's loopback interface, where the gateway listens, is not theirs.
    private Endpoint amongContainers(Text.Address address) {
        Port port = Objects.requireNonNull(plan.services().get(address.service()), address.service())
                .ports()
                .get(address.port());
        return new Endpoint(
                address.service(),
                Objects.requireNonNull(port, address.port()).container().orElseThrow());
    }

    private Endpoint endpoint(String service, String port) {
        return Objects.requireNonNull(endpoints, "an address is asked for before ports are chosen")
                .apply(service, port);
    }
}
