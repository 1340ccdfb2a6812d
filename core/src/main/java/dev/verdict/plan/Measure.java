package dev.verdict.plan;

import dev.verdict.plan.Quantity.Unit;
import java.util.Arrays;
import java.util.List;

/// Lists what a run measures by itself, as a target names it: `stock.rss`, `orphans.count`.
///
/// What belongs to a load is measured of one request, of a load, or of all loads of a suite.
public enum Measure {
    SYSTEM_READY("system", "ready", Unit.TIME, Form.NUMBER, "from the first start until every service is ready"),
    SYSTEM_SHUTDOWN("system", "shutdown", Unit.TIME, Form.NUMBER, "how long everything takes to be taken down"),
    RUN_DURATION("run", "duration", Unit.TIME, Form.NUMBER, "from the run's start until everything was taken down"),
    RUN_COST(
            "run",
            "cost",
            Unit.MONEY,
            Form.NUMBER,
            "processor time and memory of all services, at the target's `prices`"),
    SCENARIOS_PASSED("scenarios", "passed", Unit.SHARE, Form.SHARE, "of those that ran; each repetition is one"),
    ORPHANS_COUNT("orphans", "count", Unit.COUNT, Form.NUMBER, "what the run left behind"),
    SERVICE_READY("SERVICE", "ready", Unit.TIME, Form.VALUES, "from each start of the process to its first probe"),
    SERVICE_SHUTDOWN("SERVICE", "shutdown", Unit.TIME, Form.VALUES, "from each request to end until it ended"),
    SERVICE_RECOVERY(
            "SERVICE",
            "recovery",
            Unit.TIME,
            Form.VALUES,
            "from each end that a fault or a scenario caused, or that was a crash, until it was ready again"),
    SERVICE_RSS("SERVICE", "rss", Unit.BYTES, Form.SERIES, "resident memory of all its processes, once a second"),
    SERVICE_CPU("SERVICE", "cpu", Unit.SHARE, Form.SERIES, "processor time between samples; 100% is one processor"),
    SERVICE_PROCESSES("SERVICE", "processes", Unit.COUNT, Form.SERIES, "how many processes it is"),
    SERVICE_THREADS("SERVICE", "threads", Unit.COUNT, Form.SERIES, "how many threads these have"),
    SERVICE_OPEN_FILES("SERVICE", "openFiles", Unit.COUNT, Form.SERIES, "how many files and sockets these hold open"),
    SUITE_PASSED("SUITE", "passed", Unit.SHARE, Form.SHARE, "of its scenarios that ran; each repetition is one"),
    SUITE_DURATION("SUITE", "duration", Unit.TIME, Form.NUMBER, "from the suite's start to its end"),
    LOAD_LATENCY(
            "LOAD", "latency", Unit.TIME, Form.VALUES, "from when a request was due until its answer was complete"),
    LOAD_SERVICE("LOAD", "service", Unit.TIME, Form.VALUES, "from when it was sent until then"),
    LOAD_FIRST_BYTE("LOAD", "firstByte", Unit.TIME, Form.VALUES, "from when it was sent until the answer began"),
    LOAD_CONNECT("LOAD", "connect", Unit.TIME, Form.VALUES, "how long connections took to be made"),
    LOAD_REQUESTS("LOAD", "requests", Unit.COUNT, Form.NUMBER, "how many came to an end"),
    LOAD_ERRORS("LOAD", "errors", Unit.SHARE, Form.SHARE, "of these, the ones that were errors"),
    LOAD_RECOVERY(
            "LOAD",
            "recovery",
            Unit.TIME,
            Form.VALUES,
            "from the end of each fault meanwhile until the errors ended, to about a second"),
    LOAD_THROUGHPUT("LOAD", "throughput", Unit.RATE, Form.NUMBER, "answers as expected, a second, over the whole load"),
    LOAD_BANDWIDTH("LOAD", "bandwidth", Unit.BYTE_RATE, Form.NUMBER, "bytes both ways, a second, over the whole load");

    /// Says what a measurement is.
    public enum Form {
        /// One number.
        NUMBER("one number"),
        /// So many of so many.
        SHARE("a share"),
        /// Several numbers.
        VALUES("several values"),
        /// Several numbers, each with its time.
        SERIES("values over time");

        private final String words;

        Form(String words) {
            this.words = words;
        }

        /// Returns what it is, for people.
        public String words() {
            return words;
        }
    }

    private final String owner;
    private final String word;
    private final Unit unit;
    private final Form form;
    private final String doc;

    Measure(String owner, String word, Unit unit, Form form, String doc) {
        this.owner = owner;
        this.word = word;
        this.unit = unit;
        this.form = form;
        this.doc = doc;
    }

    /// Returns what a plan writes behind the last point.
    public String word() {
        return word;
    }

    /// Returns what its numbers count.
    public Unit unit() {
        return unit;
    }

    /// Returns what it is.
    public Form form() {
        return form;
    }

    /// Returns its row in the reference, Markdown.
    String row() {
        return "| `%s.%s` | %s | %s |%n".formatted(owner, word, form.words(), doc);
    }

    /// Returns those of one kind of subject: `SERVICE`, `SUITE`, `LOAD`, or a name of its own.
    static List<Measure> of(String owner) {
        return Arrays.stream(values())
                .filter(measure -> measure.owner.equals(owner))
                .toList();
    }
}
