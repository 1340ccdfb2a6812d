package dev.verdict.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tells of an error what helps the user: its message and the few frames of their own code.
final class UserStack {
    private static final int FRAMES = 5;
    private static final int CAUSES = 3;
    private static final int MAX_LENGTH = 8_000;

    private static final String OWN = "dev.verdict.";
    private static final List<String> FOREIGN = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "io.cucumber.",
            OWN,
            "org.junit.",
            "org.assertj.",
            "org.hamcrest.",
            "org.opentest4j.",
            "✽");

    private UserStack() {}

    static String of(Throwable error) {
        StringBuilder text = new StringBuilder(headline(error)).append(frames(error));
        Throwable cause = error.getCause();
        for (int i = 0; cause != null && i < CAUSES; i++) {
            text.append("\ncaused by: ").append(headline(cause)).append(frames(cause));
            cause = cause.getCause();
        }
        return text.length() <= MAX_LENGTH ? text.toString() : text.substring(0, MAX_LENGTH) + "…";
    }

    /// Returns the message, and the class where it says more than that a check did not hold.
    private static String headline(Throwable error) {
        String name = error.getClass().getName();
        String message = error.getMessage();
        if (message == null || message.isBlank()) {
            return name;
        }
        boolean plain = error instanceof AssertionError || name.startsWith(OWN) || thrownByVerdict(error);
        return plain ? message : name + ": " + message;
    }

    private static boolean thrownByVerdict(Throwable error) {
        StackTraceElement[] stack = error.getStackTrace();
        return error instanceof IllegalArgumentException
                && stack.length > 0
                && stack[0].getClassName().startsWith(OWN);
    }

    /// Returns the user's frames. An error without any is a built-in step's; one that is not about
    /// what was asked of it shows where it happened.
    private static String frames(Throwable error) {
        StackTraceElement[] stack = error.getStackTrace();
        String own = frames(Arrays.stream(stack).filter(UserStack::ofUser).toList());
        boolean expected = error instanceof AssertionError || thrownByVerdict(error);
        return !own.isEmpty() || expected
                ? own
                : frames(Arrays.stream(stack)
                        .filter(frame -> !frame.getClassName().startsWith("✽"))
                        .toList());
    }

    private static String frames(List<StackTraceElement> frames) {
        return frames.stream().limit(FRAMES).map(frame -> "\n  at " + frame).collect(Collectors.joining());
    }

    private static boolean ofUser(StackTraceElement frame) {
        Optional<String> foreign =
                FOREIGN.stream().filter(frame.getClassName()::startsWith).findFirst();
        return foreign.isEmpty();
    }
}
