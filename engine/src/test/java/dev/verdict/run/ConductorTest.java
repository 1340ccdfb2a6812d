package dev.verdict.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.plan.Fault;
import dev.verdict.plan.FaultSpec;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Phase;
import dev.verdict.plan.Plan;
import dev.verdict.plan.ScheduledFault;
import dev.verdict.plan.Suite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConductorTest {
    private final MemoryJournal journal = new MemoryJournal();
    private final Recorder recorder = new Recorder();

    /// Notes what is asked for, with the time in milliseconds.
    private static final class Recorder implements Disturber {
        private final long start = System.nanoTime();
        private final AtomicInteger ids = new AtomicInteger();
        private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
        private final BlockingQueue<Long> times = new LinkedBlockingQueue<>();
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile boolean stuck;

        @Override
        public String inject(Fault fault, FaultTarget target, String by) throws InterruptedException {
            if (fault.kind().equals("stop")) {
                throw new IllegalStateException("it has ended already");
            }
            String id = fault.kind() + ids.incrementAndGet();
            note("inject " + id + " " + target + " " + by);
            if (stuck) {
                gate.await();
            }
            return id;
        }

        @Override
        public void undo(String id) {
            note("undo " + id);
            if (id.startsWith("cpu")) {
                throw new IllegalStateException("it stays");
            }
        }

        private void note(String call) {
            times.add((System.nanoTime() - start) / 1_000_000);
            calls.add(call);
        }

        String next() throws InterruptedException {
            return String.valueOf(calls.poll(20, TimeUnit.SECONDS));
        }
    }

    private Conductor.Playing play(String... faults) {
        List<FaultSpec> specs = java.util.Arrays.stream(faults)
                .<FaultSpec>map(ScheduledFault::parse)
                .toList();
        Suite suite = new Suite("chaos", List.of("f"), "", 1, Duration.ofSeconds(1), List.of(), List.of()).under(specs);
        Plan plan = new Plan("p", 1, Map.of(), List.of(), Map.of(), List.of(new Phase("x", List.of(suite))));
        return new Conductor(plan, journal, recorder).play(suite);
    }

    @Test
    void faults_begin_and_end_at_their_times_and_overlap() throws InterruptedException {
        try (var _ = play("{at: 300ms, for: 600ms, pause: stock}", "{at: 600ms, for: 100ms, stall: orders→stock}")) {
            assertThat(recorder.next()).isEqualTo("inject pause1 stock schedule/chaos#1");
            assertThat(recorder.next()).isEqualTo("inject stall2 orders→stock schedule/chaos#2");
            assertThat(recorder.next()).isEqualTo("undo stall2");
            assertThat(recorder.next()).isEqualTo("undo pause1");
        }
        List<Long> times = List.copyOf(recorder.times);
        assertThat(times.get(0)).isGreaterThanOrEqualTo(300);
        assertThat(times.get(1)).isGreaterThanOrEqualTo(600);
        assertThat(times.get(2) - times.get(1)).isGreaterThanOrEqualTo(100);
        assertThat(times.get(3) - times.get(0)).isGreaterThanOrEqualTo(600);
    }

    @Test
    void the_schedule_is_journaled_before_anything_happens() {
        try (var _ = play("{at: 2h, for: 1s, kill: stock}", "{at: 1h, pause: stock}")) {
            assertThat(journal.all(Event.FaultPlanned.class))
                    .containsExactly(
                            new Event.FaultPlanned(
                                    "schedule/chaos#1",
                                    "chaos",
                                    "{\"at\":\"1h\",\"pause\":\"stock\"}",
                                    Duration.ofHours(1),
                                    java.util.Optional.empty()),
                            new Event.FaultPlanned(
                                    "schedule/chaos#2",
                                    "chaos",
                                    "{\"at\":\"2h\",\"for\":\"1s\",\"kill\":\"stock\"}",
                                    Duration.ofHours(2),
                                    java.util.Optional.of(Duration.ofSeconds(1))));
        }
    }

    @Test
    void the_end_of_the_suite_undoes_what_acts_and_leaves_out_what_is_to_come() throws InterruptedException {
        try (var _ = play("{kill: stock}", "{at: 1h, pause: stock}")) {
            assertThat(recorder.next()).startsWith("inject kill1");
        }
        assertThat(recorder.next()).isEqualTo("undo kill1");
        assertThat(journal.all(Event.FaultLeftOut.class))
                .containsExactly(new Event.FaultLeftOut("schedule/chaos#2", "the suite ended before"));
    }

    @Test
    void then_restart_undoes_as_soon_as_it_acted() throws InterruptedException {
        try (var _ = play("{kill: stock, then: restart}")) {
            assertThat(recorder.next()).startsWith("inject kill1");
            assertThat(recorder.next()).isEqualTo("undo kill1");
        }
    }

    @Test
    void a_fault_that_cannot_act_is_left_out_with_the_reason_and_the_others_go_on() throws InterruptedException {
        try (var _ = play("{stop: stock}", "{at: 100ms, for: 1ms, pause: stock}")) {
            assertThat(recorder.next()).startsWith("inject pause1");
            assertThat(recorder.next()).startsWith("undo pause1");
        }
        assertThat(journal.all(Event.FaultLeftOut.class))
                .containsExactly(new Event.FaultLeftOut("schedule/chaos#1", "it has ended already"));
    }

    @Test
    void what_cannot_be_undone_is_told() {
        try (var _ = play("{cpu: stock}")) {
            assertThat(recorder.calls).isNotNull();
        }
        List<Event.HarnessFailed> failed = journal.all(Event.HarnessFailed.class);
        List<Event.FaultLeftOut> leftOut = journal.all(Event.FaultLeftOut.class);
        // closed at once: it began and stays, or it did not begin
        assertThat(failed.size() + leftOut.size()).isEqualTo(1);
        failed.forEach(event -> assertThat(event.message()).contains("it stays"));
    }

    @Test
    void an_abandoned_schedule_ends_at_once_and_undoes_nothing() throws InterruptedException {
        recorder.stuck = true;
        Conductor.Playing playing = play("{pause: stock}", "{at: 1h, kill: stock}");
        assertThat(recorder.next()).startsWith("inject pause1");
        playing.abandon();
        playing.close();
        assertThat(recorder.calls).isEmpty();
    }
}
