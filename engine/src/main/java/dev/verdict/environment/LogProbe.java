package dev.verdict.environment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Waits for a line of the service's output; it is told each line, and so knows at once.
final class LogProbe implements Probe, AutoCloseable {
    private final Pattern pattern;
    private final ServiceLog log;
    private final ServiceLog.Subscription subscription;
    private final CompletableFuture<String> matched = new CompletableFuture<>();
    private final long linesBefore;

    LogProbe(String pattern, ServiceLog log) {
        this.pattern = Pattern.compile(pattern);
        this.log = log;
        this.linesBefore = log.lines();
        this.subscription = log.follow(this::look);
    }

    private void look(LogLine line) {
        try {
            if (!matched.isDone() && pattern.matcher(line.text()).find()) {
                matched.complete(line.text());
            }
        } catch (StackOverflowError e) {
            matched.completeExceptionally(
                    new EnvironmentException("the pattern '%s' is too deep for a line of the log".formatted(pattern)));
        }
    }

    @Override
    public String name() {
        return "a line of the log that matches '%s'".formatted(pattern);
    }

    @Override
    public Answer ask(Duration limit, CompletableFuture<?> died) throws InterruptedException {
        try {
            CompletableFuture.anyOf(matched, died.handle((code, failure) -> code))
                    .get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return none();
        } catch (ExecutionException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
        return matched.isDone() ? new Answer(true, matched.join()) : none();
    }

    private Answer none() {
        return new Answer(false, "none of %d lines matched".formatted(log.lines() - linesBefore));
    }

    @Override
    public void close() {
        subscription.close();
    }
}
