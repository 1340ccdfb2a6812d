package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes histories of a few operations from a seed: some fail, some end unknown, and what they are
/// told is likely or unlikely.
final class SmallHistories {
    private static final int PROCESSES = 3;

    /// Draws what clients do and are told.
    interface Client {
        /// Returns a function and its argument, as `add 1`.
        String call(Random random);

        /// Returns what a call is told, as `[1 2]`; empty for nothing.
        String answer(String call, Random random);
    }

    private SmallHistories() {}

    /// Returns the events of a history, as [Events] reads them.
    static String[] make(Random random, int most, Client client) {
        List<String> events = new ArrayList<>();
        String[] running = {"", "", ""};
        int[] names = {0, 1, 2};
        int left = 2 + random.nextInt(most - 1);
        int busy = 0;
        while (left > 0 || busy > 0) {
            int process = random.nextInt(PROCESSES);
            if (running[process].isEmpty() && left > 0) {
                running[process] = client.call(random);
                events.add(names[process] + " " + running[process]);
                left--;
                busy++;
            } else if (!running[process].isEmpty()) {
                events.add(names[process] + " " + end(running[process], random, client));
                names[process] += events.getLast().endsWith(" info") ? PROCESSES : 0;
                running[process] = "";
                busy--;
            }
        }
        return events.toArray(String[]::new);
    }

    private static String end(String call, Random random, Client client) {
        return switch (random.nextInt(10)) {
            case 0 -> "fail";
            case 1 -> "info";
            default -> ("ok " + client.answer(call, random)).strip();
        };
    }
}
