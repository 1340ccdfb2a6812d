package dev.verdict.report;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Finding;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Limits;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Port;
import dev.verdict.plan.Readiness;
import dev.verdict.plan.Service;
import dev.verdict.plan.Stop;
import dev.verdict.plan.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Tells the story of a run in which nearly everything happens: a shop whose payments die, whose
/// mail never comes up, and whose tests are partly hollow. Run `main` to look at its report.
final class SampleRun {
    static final Instant START = Instant.parse("2026-11-20T09:30:00.120Z");

    private final RunFolder folder;
    private final List<Timed> events = new ArrayList<>();
    private final List<ScenarioResult> results = new ArrayList<>();
    private final List<Pointed> findings = new ArrayList<>();
    private final SampleLogs logs = new SampleLogs();

    private record Timed(double at, Event event) {}

    /// Is a finding whose evidence is the last entry until `at`.
    private record Pointed(double at, Finding finding) {
        Finding resolved(List<Timed> events) {
            long seq = events.stream().filter(timed -> timed.at() <= at).count();
            return new Finding(finding.judge(), finding.outcome(), finding.subject(), finding.message(), List.of(seq));
        }
    }

    /// Is all that a report is made from.
    record Sample(Plan plan, List<Entry> entries, Verdict verdict, RunFolder folder) {}

    private SampleRun(RunFolder folder) {
        this.folder = folder;
    }

    /// Writes the sample's report into a new folder below the one that is named, and prints where.
    public static void main(String[] args) throws IOException {
        Sample sample = write(Path.of(args[0]));
        System.out.println(HtmlReport.write(sample.plan(), sample.entries(), sample.verdict(), sample.folder()));
        System.out.println(JUnitXml.write(sample.plan(), sample.entries(), sample.verdict(), sample.folder()));
    }

    /// Writes the run's logs and blobs below `planDirectory` and returns the rest.
    static Sample write(Path planDirectory) throws IOException {
        SampleRun run = new SampleRun(RunFolder.of(planDirectory, "2026-11-20-0930-k3"));
        Files.createDirectories(run.folder.blobs());
        run.tell();
        run.logs.write(run.folder);
        return new Sample(plan(), run.entries(), run.verdict(), run.folder);
    }

    private List<Entry> entries() {
        List<Timed> ordered =
                events.stream().sorted(Comparator.comparingDouble(Timed::at)).toList();
        List<Entry> entries = new ArrayList<>();
        for (Timed timed : ordered) {
            long nanos = Math.round(timed.at() * 1e6);
            entries.add(new Entry(entries.size() + 1L, START.plusNanos(nanos), nanos, timed.event()));
        }
        return entries;
    }

    private Verdict verdict() {
        return new Verdict(
                Outcome.FAILED,
                1,
                List.of(
                        "3 scenarios failed: an order was lost, a stale price was read, a refund answered 502",
                        "payments ended by itself with exit code 137 while 2 scenarios ran",
                        "2 scenarios were blocked: mail was not ready within 8 s",
                        "1 process was left behind by orders"),
                findings.stream().map(pointed -> pointed.resolved(events)).toList(),
                results);
    }

    static Plan plan() {
        Map<String, Service> services = new LinkedHashMap<>();
        services.put("stock", service("stock", List.of()));
        services.put("orders", service("orders", List.of("stock")));
        services.put("payments", service("payments", List.of("orders")));
        services.put("mail", service("mail", List.of()));
        return new Plan(
                "shop", 4_611_686_018_427_387_904L, Map.of("defect", "lost order"), List.of(), services, List.of());
    }

    private static Service service(String name, List<String> needs) {
        return Service.process(
                name,
                List.of(Text.of("java"), Text.of("-jar"), Text.of(name + ".jar")),
                Optional.empty(),
                needs,
                Map.of("http", new Port("http", Optional.of("PORT"), OptionalInt.empty())),
                Map.of(),
                new Readiness.Http("http", "/health", 200, Duration.ofSeconds(8)),
                new Stop("TERM", Duration.ofSeconds(10)),
                Limits.NONE,
                List.of());
    }

    private void tell() throws IOException {
        at(
                0,
                new Event.RunStarted(
                        folder.id(),
                        "0.1.0",
                        "{}",
                        "/home/someone/shop/verdict.yaml",
                        "9f".repeat(32),
                        4_611_686_018_427_387_904L,
                        "--tags 'not @slow'"));
        up("stock", 20, 410, 41001);
        up("orders", 440, 730, 41002);
        up("payments", 1190, 620, 41003);
        mailNeverReady();
        for (String service : List.of("stock", "orders", "payments")) {
            samples(service);
        }
        at(1900, new Event.PhaseStarted("component"));
        at(1900, new Event.SuiteStarted("component", "stock", 8));
        passing("stock", "component", "Stock keeps count", 8, 1900);
        at(3600, new Event.PhaseEnded("component"));
        at(3610, new Event.PhaseStarted("integration"));
        at(3610, new Event.SuiteStarted("integration", "orders", 20));
        passing("orders", "integration", "An order goes through", 11, 3650);
        new SampleScenarios(this).tell();
        paymentsDie();
        fault(1, 4_200, 6_900, "delay", "orders→stock", "is delayed by 200ms ± 50ms", "schedule/orders#1");
        fault(2, 6_100, 7_400, "pause", "stock", "is paused", "schedule/orders#2");
        fault(3, 11_000, 12_400, "diskFull", "orders", "has a full disk at data", "schedule/orders#3");
        at(14_200, new Event.PhaseEnded("integration"));
        down();
    }

    private void fault(int id, double from, double to, String kind, String target, String summary, String by) {
        at(from, new Event.FaultStarted(Integer.toString(id), kind, target, summary, by));
        at(to, new Event.FaultEnded(Integer.toString(id), "undone"));
    }

    private void up(String service, double from, double took, long pid) {
        at(from, new Event.ServiceStarting(service, List.of("java", "-jar", service + ".jar"), Map.of("http", (int)
                (pid - 3000))));
        at(from + 8, new Event.ServiceStarted(service, pid));
        at(
                from + took,
                new Event.ServiceReady(
                        service, "GET http://127.0.0.1:" + (pid - 3000) + "/health → 200", millis(took - 8)));
        logs.out(service, from + 160, "INFO  main starting " + service + " 1.4.2");
        logs.out(service, from + took - 20, "INFO  main listening on 127.0.0.1:" + (pid - 3000));
    }

    private void mailNeverReady() {
        at(
                25,
                new Event.ServiceStarting(
                        "mail",
                        List.of("java", "-jar", "mail.jar", "--smtp", "127.0.0.1:2525"),
                        Map.of("http", 38010)));
        at(33, new Event.ServiceStarted("mail", 41004));
        for (int i = 0; i < 7; i++) {
            logs.err(
                    "mail",
                    300 + i * 1100,
                    "WARN  smtp cannot connect to 127.0.0.1:2525: Connection refused, again in 1 s");
        }
        at(
                8030,
                new Event.ServiceFailed(
                        "mail",
                        "mail was not ready within 8 s",
                        "GET http://127.0.0.1:38010/health → 503 {\"smtp\":\"down\"}",
                        OptionalInt.empty(),
                        List.of(
                                "WARN  smtp cannot connect to 127.0.0.1:2525: Connection refused, again in 1 s",
                                "WARN  smtp cannot connect to 127.0.0.1:2525: Connection refused, again in 1 s")));
        at(8031, new Event.ServiceStopping("mail", "it was not ready in time"));
        at(8120, new Event.ServiceExited("mail", 41004, 143, true, List.of()));
        finding("readiness", Outcome.BLOCKED, "mail", "mail was not ready within 8 s: GET /health answered 503", 8030);
    }

    private void paymentsDie() {
        logs.err("payments", 9350, "ERROR pool-2 java.lang.OutOfMemoryError: Java heap space");
        logs.err("payments", 9351, "        at shop.payments.Ledger.grow(Ledger.java:88)");
        logs.err("payments", 9352, "        at shop.payments.Ledger.book(Ledger.java:41)");
        at(
                9400,
                new Event.ServiceExited(
                        "payments",
                        41003,
                        137,
                        false,
                        List.of(
                                "ERROR pool-2 java.lang.OutOfMemoryError: Java heap space",
                                "        at shop.payments.Ledger.grow(Ledger.java:88)")));
        finding("exits", Outcome.FAILED, "payments", "payments ended by itself with exit code 137 (signal 9)", 9400);
        up("payments", 9900, 560, 41044);
    }

    private void samples(String service) {
        double base = service.length() * 1.0;
        for (int second = 2; second < 15; second++) {
            if (service.equals("payments") && second == 9) {
                continue;
            }
            double busy = 60 + 50 * Math.sin(second * 0.9 + base);
            int since = service.equals("payments") && second > 9 ? second - 9 : second;
            at(
                    second * 1000 + base,
                    new Event.ResourcesSampled(
                            service,
                            millis(since * 300 + busy * 5),
                            (long) (90 + since * 14 + busy / 4) << 20,
                            1,
                            22 + second % 3,
                            60 + second));
        }
    }

    private void passing(String suite, String phase, String feature, int count, double from) {
        List<String> names = List.of(
                "a new article has no stock",
                "a delivery adds to the stock",
                "a reservation lowers what is left",
                "more than there is cannot be reserved",
                "a cancelled reservation comes back",
                "two reservations at once do not oversell",
                "the price list is served with an ETag",
                "an unknown article answers 404",
                "an order of three articles is accepted",
                "the order's events arrive in order",
                "an accepted order survives a restart of orders");
        for (int i = 0; i < count; i++) {
            String name = names.get(i % names.size());
            double start = from + (i / 3) * 520 + (i % 3) * 40;
            SampleScenarios.passed(this, suite, phase, feature, name, 6 + i * 9, start, 300 + (i * 83) % 190);
        }
    }

    private void down() {
        double from = 14_210;
        for (String service : List.of("payments", "orders", "stock")) {
            at(from, new Event.ServiceStopping(service, "teardown"));
            at(from + 140, new Event.ServiceExited(service, 41001, 143, true, List.of()));
            from += 150;
        }
        at(14_700, new Event.OrphanFound("process", "41077", "sleep 3600 (child of orders)", "orders"));
        at(14_701, new Event.OrphanRemoved("process", "41077", true, "TERM"));
        at(14_705, new Event.OrphansAudited(1));
        finding("orphans", Outcome.FAILED, "orders", "orders left process 41077 behind: sleep 3600", 14_700);
        at(14_710, new Event.TeardownEnded(millis(500)));
        at(14_720, new Event.RunEnded(millis(14_720)));
    }

    // What the scenarios use

    void at(double millis, Event event) {
        events.add(new Timed(millis, event));
    }

    void result(ScenarioResult result) {
        results.add(result);
    }

    SampleLogs logs() {
        return logs;
    }

    /// Adds a finding that points to the last entry until `at`.
    void finding(String judge, Outcome outcome, String subject, String message, double at) {
        findings.add(new Pointed(at, new Finding(judge, outcome, subject, message, List.of())));
    }

    /// Writes a blob and returns its digest.
    String blob(String content) throws IOException {
        return blob(content.getBytes(StandardCharsets.UTF_8));
    }

    String blob(byte[] content) throws IOException {
        String digest = digest(content);
        Files.write(folder.blobs().resolve(digest), content);
        return digest;
    }

    static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}
