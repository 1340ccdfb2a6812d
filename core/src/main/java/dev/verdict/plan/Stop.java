package dev.verdict.plan;

import java.time.Duration;

/// Says how a service is asked to end: `signal` (a name as `TERM`), then KILL after `within`.
public record Stop(String signal, Duration within) {}
