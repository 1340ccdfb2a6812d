package dev.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.journal.Event;
import dev.verdict.plan.ServiceFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Shifts the clocks of real containers, and asks them for the time from inside another one. Needs
/// root and libfaketime.
@Tag("slow")
@Tag("docker")
@Timeout(180)
final class ContainerClockTest {
    private static final String SERVER =
            "[java, -XX:TieredStopAtLevel=1, -XX:+UseSerialGC, -m, jdk.httpserver, -b, 0.0.0.0, -p, \"8080\", -d, /etc]";

    /// Starts a server below a shell that is linked statically.
    private static final String BELOW_A_SHELL = "java -m jdk.httpserver -b 0.0.0.0 -p 8080 -d /etc & wait";

    @TempDir
    Path directory;

    private FaultyContainers up() throws Exception {
        Files.writeString(directory.resolve("compose.yaml"), """
                version: "3.8"
                services:
                  api: { image: verdict-base, init: true, user: "65534", command: SERVER, environment: [A=b], ports: ["8080"] }
                """.replace("SERVER", SERVER));
        String services = """
                api: { clock: own }
                box: { image: verdict-base, command: SERVER, clock: own, ports: { http: { container: 8080 } } }
                """.replace("SERVER", SERVER)
                + FaultyContainers.shell("below", BELOW_A_SHELL, "clock: own")
                + FaultyContainers.shell("still", "while :; do date +%s; sleep 1; done", "clock: own")
                + FaultyContainers.shell("eye", "while :; do sleep 1; done", "");
        return FaultyContainers.up(directory, services, "compose: compose.yaml", Needs.here(System.getenv()));
    }

    /// Returns by how many seconds a server's `Date` is off.
    private static long shift(FaultyContainers system, String service) {
        String date = system.exec(
                        "eye",
                        "sh",
                        "-c",
                        "curl --silent --head --max-time 5 http://%s:8080/ | grep -i '^date:' || true"
                                .formatted(service))
                .strip();
        return date.isEmpty()
                ? Long.MAX_VALUE
                : ZonedDateTime.parse(
                                        date.substring("date:".length()).strip(),
                                        DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                                .toEpochSecond()
                        - Instant.now().getEpochSecond();
    }

    private static boolean isOff(FaultyContainers system, String service, long seconds) {
        return Math.abs(shift(system, service) - seconds) <= 3;
    }

    @Test
    void a_containers_clock_is_shifted_and_set_right_and_nobody_elses() throws Exception {
        try (FaultyContainers system = up()) {
            Seen.until("the time is right", () -> isOff(system, "api", 0) && isOff(system, "box", 0));
            for (String service : new String[] {"api", "box"}) {
                String other = service.equals("api") ? "box" : "api";
                String id = system.inject(new ServiceFault.ClockShift(Duration.ofHours(2)), service);
                assertThat(system.journal
                                .all(Event.FaultStarted.class)
                                .getLast()
                                .summary())
                        .endsWith("2h ahead");
                Seen.until("two hours ahead", () -> isOff(system, service, 7200));
                assertThat(isOff(system, other, 0)).isTrue();
                system.faults.undo(id);
                Seen.until("right again", () -> isOff(system, service, 0));
            }
            String behind = system.inject(new ServiceFault.ClockShift(Duration.ofDays(-400)), "box");
            system.environment.stop("box", "the test");
            system.environment.start("box", "the test");
            Seen.until("behind, also after a restart", () -> isOff(system, "box", -400 * 86_400L));
            system.faults.undo(behind);
            Seen.until("right again", () -> isOff(system, "box", 0));
            assertThat(system.exec("api", "sh", "-c", "echo $A")).isEqualTo("b");
        }
    }

    @Test
    void a_program_that_is_linked_statically_is_named_and_alone_it_is_refused() throws Exception {
        try (FaultyContainers system = up()) {
            assertThatThrownBy(() -> system.inject(new ServiceFault.ClockShift(Duration.ofHours(2)), "still"))
                    .hasMessageContaining("no program of service still has taken libfaketime (")
                    .hasMessageContaining("linked dynamically");
            assertThat(system.journal.all(Event.FaultStarted.class)).isEmpty();

            Seen.until("it listens", () -> isOff(system, "below", 0));
            system.inject(new ServiceFault.ClockShift(Duration.ofHours(-1)), "below");
            assertThat(system.journal.all(Event.FaultStarted.class).getLast().summary())
                    .endsWith("1h behind, but not for sh");
            Seen.until("behind", () -> isOff(system, "below", -3600));
            system.faults.undoAll();
            Seen.until("right again", () -> isOff(system, "below", 0));
        }
    }
}
