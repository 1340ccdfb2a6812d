package dev.verdict.cli;

/// Gives commands the process's streams: the one place in Verdict that names them.
final class Streams {
    private final Terminal terminal = Terminal.detect(System.out, System.err, System.getenv());

    Terminal terminal() {
        return terminal;
    }
}
