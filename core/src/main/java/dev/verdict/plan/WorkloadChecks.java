package dev.verdict.plan;

import dev.verdict.plan.Workload.Operation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds workloads that could not prove anything, or not run.
final class WorkloadChecks {
    private final Section section;
    private final Workload workload;
    private final String operations;

    WorkloadChecks(Section section, Workload workload) {
        this.section = section;
        this.workload = workload;
        this.operations = section.path(WorkloadKeys.OPERATIONS);
    }

    void all() {
        functions();
        workload.operations().forEach(this::texts);
    }

    /// Finds operations that the model does not know, and those without which it proves nothing.
    private void functions() {
        List<String> known = workload.model().functions();
        Set<String> present = workload.operations().keySet();
        present.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problem(
                        Paths.child(operations, name),
                        "the model " + workload.model().id() + " has no operation '" + Wording.shorten(name)
                                + "'; it has " + Wording.list(known) + Nearest.hint(name, known)));
        if (!known.containsAll(present)) {
            return;
        }
        workload.model()
                .look()
                .filter(look -> !present.contains(look))
                .ifPresent(look -> problem(
                        operations, "operations: '" + look + "' is missing, without which nobody sees what was done"));
        List<String> updates = workload.model().updates();
        List<String> needed = workload.model() == WorkloadModel.MUTEX ? updates : updates.subList(0, one(updates));
        needed.stream()
                .filter(update -> !present.contains(update))
                .filter(update -> workload.model() == WorkloadModel.MUTEX
                        || updates.stream().noneMatch(present::contains))
                .forEach(update ->
                        problem(operations, "operations: '" + update + "' is missing, without which nothing is done"));
    }

    private static int one(List<String> updates) {
        return Math.min(1, updates.size());
    }

    private void texts(String name, Operation operation) {
        String path = Paths.child(operations, name);
        Set<String> inputs = texts(operation)
                .flatMap(text -> text.references().stream())
                .filter(Text.Input.class::isInstance)
                .map(reference -> ((Text.Input) reference).name())
                .collect(Collectors.toSet());
        boolean writes =
                Set.of("write", "cas", "put", "append", "add", "enqueue").contains(name);
        if (writes && !inputs.contains("value")) {
            problem(path, name + ": ${value} stands nowhere, so that everybody would do the same");
        }
        if (name.equals("cas") && !inputs.contains("expected")) {
            problem(path, "cas: ${expected} stands nowhere, so that nothing is compared");
        }
        if (inputs.contains("expected") && !name.equals("cas")) {
            problem(path, name + ": ${expected} is known to cas alone");
        }
        if (inputs.contains("value") && !writes) {
            problem(path, name + ": ${value} is known only to operations that put something in");
        }
        if (workload.keys() > 1 && !inputs.contains("key")) {
            problem(path, name + ": ${key} stands nowhere, but there are " + workload.keys() + " keys");
        }
        boolean needsNode = switch (operation.action()) {
            case Workload.Http http -> relative(http.target());
            case Workload.Redis _, Workload.Sql _ -> true;
            case Workload.Command _ -> inputs.contains("node");
        };
        if (needsNode && workload.at().isEmpty()) {
            problem(path, name + ": where is that? The workload has no 'at', as at: \"${store.http.url}\"");
        }
    }

    private static boolean relative(Text target) {
        return !target.parts().isEmpty()
                && target.parts().getFirst() instanceof Text.Literal(String text)
                && !text.startsWith("http");
    }

    private static Stream<Text> texts(Operation operation) {
        return switch (operation.action()) {
            case Workload.Http http ->
                Stream.concat(Stream.of(http.target(), http.body()), http.headers().values().stream());
            case Workload.Redis redis -> redis.words().stream();
            case Workload.Sql sql -> Stream.of(sql.statement());
            case Workload.Command command -> command.words().stream();
        };
    }

    private void problem(String path, String message) {
        section.reading().problem(path, message);
    }
}
