package dev.verdict.environment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Says of a service that is to end that it has not; that it has, the waiting itself sees.
record ExitProbe(int code) implements Probe {
    @Override
    public String name() {
        return "end with exit code " + code;
    }

    @Override
    public Answer ask(Duration limit, CompletableFuture<?> died) {
        return new Answer(false, died.isDone() ? "it ended" : "it still runs");
    }
}
