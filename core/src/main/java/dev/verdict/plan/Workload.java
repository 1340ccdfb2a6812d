package dev.verdict.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Says which operations clients do, each of which is recorded, and what the system must be like in
/// the light of them.
///
/// @param model what the system should be
/// @param at where it answers: each client keeps to one of these; empty if every operation says it
/// @param clients how many act at the same time, each one operation after the other
/// @param lasting how long they go on
/// @param rate operations a second, of all clients together; empty for as many as they can
/// @param keys how many things of the model there are
/// @param timeout when an operation is given up, and what it did is unknown
/// @param settle how long after the end the system may take to answer the last looks
/// @param operations by their names, which are the model's
public record Workload(
        WorkloadModel model,
        List<Text> at,
        int clients,
        Duration lasting,
        OptionalDouble rate,
        int keys,
        Duration timeout,
        Duration settle,
        Map<String, Operation> operations) {
    /// What a text of an operation may refer to: what this operation is about.
    public static final List<String> INPUTS = List.of("key", "value", "expected", "process", "node");

    public Workload {
        at = List.copyOf(at);
        operations = Ordered.copy(operations);
    }

    /// Is an operation: what is asked, and what answers mean.
    ///
    /// An answer has a code: the status of HTTP; the reply of Redis, `nil` for none, or the first
    /// word of its error; the number of rows that SQL changed, `rows` for a query, or the SQLSTATE
    /// of its error; the exit code of a command. A code that is in none of the lists is unknown.
    ///
    /// @param weight how often it is chosen, in proportion to the others
    /// @param ok codes that say that it was done; what a success usually is if empty
    /// @param fail codes that say that it was not done, and will not be
    /// @param empty codes that say that it was done, and nothing was there
    /// @param result a JSON path, without its `$`, to what was there; the whole answer if empty
    public record Operation(
            Action action, int weight, List<String> ok, List<String> fail, List<String> empty, String result) {
        public Operation {
            ok = List.copyOf(ok);
            fail = List.copyOf(fail);
            empty = List.copyOf(empty);
        }
    }

    /// Is what is asked.
    public sealed interface Action {}

    /// Sends a request.
    ///
    /// @param method in upper case
    /// @param target an absolute URL, or a path at the client's node
    public record Http(String method, Text target, Map<String, Text> headers, Text body) implements Action {
        public Http {
            headers = Ordered.copy(headers);
        }
    }

    /// Sends a command to the Redis at the client's node.
    public record Redis(List<Text> words) implements Action {
        public Redis {
            words = List.copyOf(words);
        }
    }

    /// Executes a statement on the database whose JDBC URL is the client's node.
    public record Sql(Text statement) implements Action {}

    /// Runs a program.
    public record Command(List<Text> words) implements Action {
        public Command {
            words = List.copyOf(words);
        }
    }
}
