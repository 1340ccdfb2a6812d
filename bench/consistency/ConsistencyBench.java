import dev.verdict.consistency.Answer;
import dev.verdict.consistency.Budget;
import dev.verdict.consistency.Datatype;
import dev.verdict.consistency.Generated;
import dev.verdict.consistency.History;
import dev.verdict.consistency.Linearizability;
import dev.verdict.consistency.Value;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Times the linearizability checkers on generated histories: 102 like those of an etcd test, cold
/// and warm, and some that are hard to search.
public final class ConsistencyBench {
    private static final int ETCD_HISTORIES = 102;
    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ConsistencyBench() {}

    public static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        List<History> etcd = IntStream.range(0, ETCD_HISTORIES).mapToObj(ConsistencyBench::etcdLike).toList();
        long cpu = PROCESS.getProcessCpuTime();
        double cold = once(etcd, Datatype.CAS_REGISTER, new int[3]);
        double coldCpu = (PROCESS.getProcessCpuTime() - cpu) / 1e6;
        int[] answers = new int[3];
        double[] warm = IntStream.range(0, rounds)
                .mapToDouble(_ -> once(etcd, Datatype.CAS_REGISTER, answers))
                .sorted()
                .toArray();
        int events = etcd.stream().mapToInt(History::events).sum();
        print("%d etcd-like histories, %d events, on one thread; answers valid/invalid/unknown %s", ETCD_HISTORIES, events,
                Arrays.toString(Arrays.stream(answers).map(count -> count / rounds).toArray()));
        print("  first round     %8.1f ms   target 157 ms (1/3 of Porcupine's 472 ms); %.1f ms of CPU with the compiler's",
                cold, coldCpu);
        print("  best round      %8.1f ms   target  47 ms (1/10)", warm[0]);
        print("  median round    %8.1f ms   %.3f ms a history", warm[rounds / 2], warm[rounds / 2] / ETCD_HISTORIES);
        hard("30 clients, 10 %% time-outs, 10,000 operations on one register, 5 values, cas", Datatype.CAS_REGISTER, 5, 10_000);
        hard("the same, 50 values", Datatype.CAS_REGISTER, 50, 10_000);
        hard("the same, read and write only, 5 values", Datatype.REGISTER, 5, 10_000);
        hard("the same, read and write only, a new value each time", Datatype.REGISTER, 0, 10_000);
        hard("the same, key-value with append, 1,000 operations", Datatype.KV, 0, 1_000);
        large();
    }

    /// Like Jepsen's: five clients, five values, reads, writes and cas, some time-outs; two of
    /// three with something wrong.
    private static History etcdLike(int seed) {
        Generated made = Generated.of(Datatype.CAS_REGISTER, seed).withOperations(85).withUnknown(8);
        return (seed % 3 == 0 ? made : made.withFlaw(Generated.Flaw.STALE)).history();
    }

    private static double once(List<History> histories, Datatype datatype, int[] answers) {
        var checker = new Linearizability(datatype, Value.NIL, 1);
        long start = System.nanoTime();
        List<Answer> all = new ArrayList<>();
        for (History history : histories) {
            all.add(checker.check(history, Budget.unlimited()));
        }
        double took = (System.nanoTime() - start) / 1e6;
        all.forEach(answer -> answers[kind(answer)]++);
        return took;
    }

    private static int kind(Answer answer) {
        return switch (answer) {
            case Answer.Valid _ -> 0;
            case Answer.Invalid _ -> 1;
            case Answer.Unknown _ -> 2;
        };
    }

    private static void hard(String name, Datatype datatype, int values, int operations) {
        print("%n" + name);
        for (Generated.Flaw flaw : Generated.Flaw.values()) {
            double[] took = new double[3];
            String said = "";
            for (int seed = 0; seed < 3; seed++) {
                History history = Generated.of(datatype, seed)
                        .withClients(30)
                        .withOperations(operations)
                        .withValues(values)
                        .withUnknown(10)
                        .withFlaw(flaw)
                        .history();
                long start = System.nanoTime();
                Answer answer = new Linearizability(datatype).check(history, Budget.of(Duration.ofSeconds(10), 1L << 30));
                took[seed] = (System.nanoTime() - start) / 1e9;
                said += " " + answer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            }
            Arrays.sort(took);
            print("  flaw %-6s median %6.2f s, worst %6.2f s, target 2 s; answers%s", flaw, took[1], took[2], said);
        }
    }

    private static void large() {
        History history = Generated.of(Datatype.REGISTER, 1)
                .withClients(20)
                .withOperations(1_000_000)
                .withKeys(1_000)
                .withValues(0)
                .withUnknown(1)
                .history();
        long start = System.nanoTime();
        Answer answer = new Linearizability(Datatype.REGISTER).check(history, Budget.unlimited());
        print("%n1,000,000 operations on 1,000 registers, a new value each time: %s in %.2f s",
                answer.getClass().getSimpleName().toLowerCase(Locale.ROOT), (System.nanoTime() - start) / 1e9);
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
