package dev.verdict.scenario.steps;

/// Groups the vocabulary by what a step is about; the order is that of the documentation.
public enum Family {
    HTTP(
            "HTTP",
            "Requests, and what the last response was. They are HTTP/1.1, never HTTP/2, over connections of the "
                    + "scenario's own, which stay open from one request to the next if the service lets them. A body that "
                    + "came as gzip or deflate is looked at as what it says. A response that is not sound HTTP, ends early, "
                    + "or has more than 64 MiB is no answer, and the step fails with what was wrong."),
    CHECKS("Checks of any content", "The same checks for every content: a body, a file, a log, a reply, a metric."),
    EVENTS("Server-sent events", "Event streams; what arrived is kept until the scenario ends."),
    WEBSOCKET("WebSocket", "Sockets; what arrived is kept until the scenario ends."),
    COMMANDS(
            "Commands",
            "Programs and shell lines, run in the plan's folder. Each gets every port of every service as "
                    + "`VERDICT_SERVICE_PORT_URL`, `_HOST` and `_PORT`, in upper case and with `_` for what is no letter "
                    + "or digit, as `VERDICT_ORDERS_HTTP_URL`: the scenario's own addresses, so that what goes over them "
                    + "counts as its own. Each carries the run's marks (`VERDICT_RUN`, `VERDICT_MARK`), so that what it "
                    + "leaves behind is found as an orphan."),
    FILES("Files and folders", "Paths start from the plan's folder."),
    INTEGRITY(
            "Integrity",
            "Whether bytes are still what they were: generated files, and manifests with the SHA-256 of each file and of "
                    + "each MiB in it. Sizes are written as in a plan: `5MB`, `1GiB`. docs/integrity.md says more."),
    SERVICES("Services", "A service's life; what a scenario ends is started again when it ends itself."),
    FAULTS(
            "Faults",
            "What disturbs the system. A fault acts until it is undone, until its time (`for 10 seconds`) is over, or "
                    + "until the scenario ends, whichever is first; meanwhile the scenario goes on, and so should its "
                    + "traffic. What each fault does, the rights it needs and how it is undone: docs/faults.md."),
    LOGS("Service logs", "What a service printed since the scenario began."),
    METRICS("Metrics", "Samples in the Prometheus text format."),
    SQL("SQL", "Queries over JDBC; SQLite's driver is there, others come from the suite's class path."),
    REDIS("Redis", "Commands over a plain connection of the scenario's own."),
    VALUES("Values", "What one step reads and a later one uses as `${name}`.");

    private final String title;
    private final String about;

    Family(String title, String about) {
        this.title = title;
        this.about = about;
    }

    public String title() {
        return title;
    }

    /// Returns one sentence about the family.
    public String about() {
        return about;
    }
}
