package dev.verdict.workload;

import dev.verdict.plan.Text;
import dev.verdict.plan.Workload;
import java.util.List;
import java.util.function.Function;

/// Asks the system one thing after the other, for one client.
interface Asker<A extends Workload.Action> extends AutoCloseable {
    /// Is a text in which everything is filled in but what each operation is about.
    record Script(Text text) {
        String with(Function<String, String> inputs) {
            return text.resolve(reference -> switch (reference) {
                case Text.Input input -> inputs.apply(input.name());
                case Text.Address _, Text.Fact _, Text.SecretValue _ ->
                    throw new IllegalStateException("not filled in before: " + reference);
            });
        }

        static List<String> with(List<Text> texts, Function<String, String> inputs) {
            return texts.stream().map(text -> new Script(text).with(inputs)).toList();
        }
    }

    /// Asks, and waits for the answer.
    ///
    /// @param action what, with everything filled in but the inputs
    /// @param inputs answers what the operation is about, as its key
    /// @throws Unanswered if none comes
    /// @throws InterruptedException if the thread was interrupted
    Reply ask(A action, Function<String, String> inputs) throws Unanswered, InterruptedException;

    /// Gives up what connects it to the system: the next question begins anew.
    @Override
    void close();
}
