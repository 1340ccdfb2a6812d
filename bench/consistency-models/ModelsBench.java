import dev.verdict.consistency.Answer;
import dev.verdict.consistency.BankTotals;
import dev.verdict.consistency.Budget;
import dev.verdict.consistency.Checker;
import dev.verdict.consistency.Completion;
import dev.verdict.consistency.CounterBounds;
import dev.verdict.consistency.FullSet;
import dev.verdict.consistency.GeneratedObjects;
import dev.verdict.consistency.GeneratedTransactions;
import dev.verdict.consistency.History;
import dev.verdict.consistency.ListAppend;
import dev.verdict.consistency.Queue;
import dev.verdict.consistency.UniqueIds;
import dev.verdict.consistency.Values;
import dev.verdict.consistency.append.Isolation;
import dev.verdict.consistency.append.Phenomenon;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/// Measures the checkers of transactions and of sets on histories of their own generators.
public final class ModelsBench {
    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ModelsBench() {}

    /// Runs all cases: rounds, transactions, elements, reads.
    public static void main(String... arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        int transactions = Integer.parseInt(arguments[1]);
        int elements = Integer.parseInt(arguments[2]);
        int reads = Integer.parseInt(arguments[3]);
        Checker strict = new ListAppend(Isolation.STRICT_SERIALIZABLE);
        GeneratedTransactions clean = GeneratedTransactions.of(1).withTransactions(transactions);
        transactions("list-append, clean", clean.withUnknown(0), strict, rounds);
        transactions("list-append, 2 % unknown", clean.withUnknown(2), strict, rounds);
        for (Phenomenon flaw : new Phenomenon[] {Phenomenon.G0, Phenomenon.G_SINGLE_REALTIME, Phenomenon.LOST_UPDATE}) {
            transactions("list-append, one " + flaw.term(), clean.withFlaw(flaw), strict, rounds);
        }
        for (GeneratedObjects.Kind kind : GeneratedObjects.Kind.values()) {
            if (kind != GeneratedObjects.Kind.SET) {
                History history = GeneratedObjects.of(kind, 1).withOperations(transactions).history();
                measure(kind.name().toLowerCase(Locale.ROOT) + ", clean", history, checker(kind), rounds, history.size());
            }
        }
        History set = set(elements, reads);
        String what = "%,d elements, %d reads".formatted(elements, reads);
        measure("set-full, " + what, set, new FullSet(false), rounds, elements);
        measure("set-linearizable, " + what, set, new FullSet(true), rounds, elements);
    }

    private static Checker checker(GeneratedObjects.Kind kind) {
        return switch (kind) {
            case SET -> new FullSet(true);
            case QUEUE -> new Queue(false, true);
            case COUNTER -> new CounterBounds();
            case IDS -> new UniqueIds();
            case BANK -> new BankTotals(OptionalLong.empty(), false);
        };
    }

    private static void transactions(String name, GeneratedTransactions settings, Checker checker, int rounds) {
        measure(name, settings.history(), checker, rounds, settings.transactions());
    }

    private static void measure(String name, History history, Checker checker, int rounds, int count) {
        double[] seconds = new double[rounds];
        double[] cpu = new double[rounds];
        Answer answer = null;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            long startCpu = PROCESS.getProcessCpuTime();
            answer = checker.check(history, Budget.unlimited());
            seconds[round] = (System.nanoTime() - start) / 1e9;
            cpu[round] = (PROCESS.getProcessCpuTime() - startCpu) / 1e9;
        }
        double first = seconds[0];
        Arrays.sort(seconds);
        Arrays.sort(cpu);
        System.out.printf(
                "%-46s %-8s first %6.3f s, median %6.3f s, cpu %6.3f s: %,11.0f a second, %,11.0f a cpu second%n",
                name,
                answer.getClass().getSimpleName(),
                first,
                seconds[rounds / 2],
                cpu[rounds / 2],
                count / seconds[rounds / 2],
                count / cpu[rounds / 2]);
    }

    /// Adds elements one by one; every so often all of them are read.
    private static History set(int elements, int reads) {
        History.Builder builder = new History.Builder();
        int[] all = new int[elements];
        int every = elements / reads;
        long line = 0;
        for (int element = 0; element < elements; element++) {
            all[element] = element;
            builder.call(++line, element % 10, "add", Values.NIL, element, line);
            builder.complete(++line, element % 10, Completion.OK, "add", element, line);
            if (element % every == every - 1) {
                builder.call(++line, 10, "read", Values.NIL, Values.NIL, line);
                int seen = builder.values().list(Arrays.copyOf(all, element + 1));
                builder.complete(++line, 10, Completion.OK, "read", seen, line);
            }
        }
        return builder.build();
    }
}
