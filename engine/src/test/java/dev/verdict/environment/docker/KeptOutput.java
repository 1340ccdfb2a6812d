package dev.verdict.environment.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Keeps what containers write, for tests; may be made to wait before each line.
final class KeptOutput implements ContainerOutput {
    private final CountDownLatch gate;
    private final List<String> lines = new ArrayList<>();

    KeptOutput(CountDownLatch gate) {
        this.gate = gate;
    }

    KeptOutput() {
        this(new CountDownLatch(0));
    }

    @Override
    public void accept(String stream, String text, long cutBytes) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lines) {
            lines.add(stream + " " + (cutBytes == 0 ? text : text.length() + " and " + cutBytes));
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public List<String> last(int count) {
        List<String> all = lines();
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }
}
