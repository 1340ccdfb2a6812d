package dev.verdict.cli;

import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Service;
import dev.verdict.plan.Text;
import java.util.ArrayList;
import java.util.List;

/// Finds smaller targets in place of one: single links in place of all, fewer services in place of
/// many.
final class Narrower {
    private Narrower() {}

    static List<FaultTarget> of(FaultTarget target, Plan plan) {
        return switch (target) {
            case FaultTarget.OfService _ -> List.of();
            case FaultTarget.OfLink(String from, String to)
            when from.equals("*") ->
                plan.services().values().stream()
                        .filter(service -> reaches(service, to))
                        .<FaultTarget>map(service -> new FaultTarget.OfLink(service.name(), to))
                        .toList();
            case FaultTarget.OfLink _ -> List.of();
            case FaultTarget.OfServices(List<String> services) -> without(services);
        };
    }

    private static boolean reaches(Service service, String to) {
        return service.env().values().stream()
                .flatMap(text -> text.references().stream())
                .anyMatch(reference -> reference instanceof Text.Address address
                        && address.service().equals(to)
                        && !service.name().equals(to));
    }

    private static List<FaultTarget> without(List<String> services) {
        List<FaultTarget> fewer = new ArrayList<>();
        for (int index = 0; services.size() > 2 && index < services.size(); index++) {
            List<String> rest = new ArrayList<>(services);
            rest.remove(index);
            fewer.add(new FaultTarget.OfServices(rest));
        }
        return fewer;
    }
}
