package dev.verdict.environment;

import dev.verdict.journal.Journal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Samples the resources of every running service, once a second.
final class Sampler {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Processes processes;
    private final Journal journal;
    private final List<LocalService> services;
    private @Nullable Thread thread;

    Sampler(Processes processes, Journal journal, Collection<LocalService> services) {
        this.processes = processes;
        this.journal = journal;
        this.services = List.copyOf(services);
    }

    void start() {
        thread = Thread.ofVirtual().name("sampler").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                sample();
            }
        } catch (InterruptedException e) {
            // Closed: this thread ends here, and nobody else looks at its interrupt.
            return;
        }
    }

    private void sample() {
        List<Life> lives = services.stream()
                .flatMap(service -> service.life().stream())
                .filter(Life::alive)
                .toList();
        if (!lives.isEmpty()) {
            Processes.Scan scan = processes.quickScan();
            lives.forEach(life -> journal.emit(life.sample(scan, processes.table())));
        }
    }

    void stop() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join(Duration.ofSeconds(5));
        }
    }
}
