package dev.verdict.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs a command until it ends with 0.
record CommandProbe(Launch launch) implements Probe {
    private static final int MAX_OUTPUT = 400;

    @Override
    public String name() {
        return String.join(" ", launch.command());
    }

    @Override
    public Answer ask(Duration limit, CompletableFuture<?> died) throws InterruptedException {
        Process process;
        try {
            process = launch.start(ProcessBuilder.Redirect.PIPE, ProcessBuilder.Redirect.PIPE);
        } catch (EnvironmentException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
        try {
            CompletableFuture<String> out = collect(process.getInputStream());
            CompletableFuture<String> err = collect(process.getErrorStream());
            CompletableFuture.anyOf(process.onExit(), died.handle((code, failure) -> code))
                    .get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
            if (process.isAlive()) {
                return new Answer(false, "given up, since the service ended");
            }
            return new Answer(
                    process.exitValue() == 0, "exit code %d %s".formatted(process.exitValue(), said(out, err)));
        } catch (TimeoutException e) {
            return new Answer(false, "the command did not end in time", true);
        } catch (ExecutionException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /// Reads everything, so that the command never blocks, and keeps the beginning.
    private static CompletableFuture<String> collect(InputStream in) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("probe-output").start(() -> {
            StringBuilder kept = new StringBuilder();
            try (in) {
                byte[] buffer = new byte[1024];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (kept.length() < MAX_OUTPUT) {
                        kept.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                kept.append(" [").append(e.getMessage()).append(']');
            }
            text.complete(kept.toString());
        });
        return text;
    }

    private static String said(CompletableFuture<String> out, CompletableFuture<String> err)
            throws InterruptedException {
        StringBuilder said = new StringBuilder();
        for (CompletableFuture<String> stream : List.of(out, err)) {
            try {
                said.append(stream.get(100, TimeUnit.MILLISECONDS)).append(' ');
            } catch (TimeoutException | ExecutionException e) {
                // A child keeps the stream open: what the command said is not needed that much.
                said.append("[output still open] ");
            }
        }
        String line = said.toString().strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_OUTPUT ? line : line.substring(0, MAX_OUTPUT) + "…";
    }
}
