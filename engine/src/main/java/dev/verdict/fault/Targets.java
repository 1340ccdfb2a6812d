package dev.verdict.fault;

import dev.verdict.gateway.Gateway;
import dev.verdict.gateway.Link;
import dev.verdict.plan.Fault;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Nearest;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Service;
import java.util.Collection;

/// Finds what a fault is to disturb, and names the nearest where it is not there.
record Targets(Plan plan, Gateway gateway) {
    private static final String ANY = "*";

    /// Returns the name of a service that exists.
    String service(FaultTarget target, Fault fault) {
        return switch (target) {
            case FaultTarget.OfService named -> {
                known(named.service());
                yield named.service();
            }
            case FaultTarget.OfLink _, FaultTarget.OfServices _ ->
                throw new FaultException(
                        "a fault of kind %s disturbs one service, and %s is none".formatted(fault.kind(), target));
        };
    }

    /// Returns a link that is open, or that whoever asks may open later.
    ///
    /// @param by who asks: a scenario's own links are opened when it uses them first
    FaultTarget.OfLink link(FaultTarget target, Fault fault, String by) {
        if (!(target instanceof FaultTarget.OfLink link)) {
            throw new FaultException("a fault of kind %s disturbs a link, as orders→stock, and %s is none"
                    .formatted(fault.kind(), target));
        }
        if (!link.to().equals(ANY)) {
            known(link.to().split("\\.", 2)[0]);
        }
        if (!link.from().equals(ANY) && !link.from().equals(by)) {
            known(link.from());
            reachable(link, fault);
        }
        return link;
    }

    private void reachable(FaultTarget.OfLink link, Fault fault) {
        Service from = plan.services().get(link.from());
        if (from != null && from.ownNetwork()) {
            throw new FaultException(
                    "%s has a network of its own and reaches others without the gateway: a partition can cut it off, a fault of kind %s cannot reach it"
                            .formatted(from.name(), fault.kind()));
        }
        if (gateway.links().stream().noneMatch(open -> leads(open, link))) {
            throw new FaultException("%s has no link to %s: its plan names no address of it, as ${%s.PORT.url}"
                    .formatted(link.from(), link.to(), link.to()));
        }
    }

    private static boolean leads(Link open, FaultTarget.OfLink link) {
        return open.from().equals(link.from())
                && (link.to().equals(ANY)
                        || open.to().equals(link.to())
                        || open.to().startsWith(link.to() + "."));
    }

    private void known(String service) {
        Collection<String> services = plan.services().keySet();
        if (!services.contains(service)) {
            throw new FaultException("there is no service %s%s"
                    .formatted(
                            service,
                            Nearest.to(service, services)
                                    .map(nearest -> "; did you mean " + nearest + "?")
                                    .orElse("; the plan has " + String.join(", ", services))));
        }
    }
}
