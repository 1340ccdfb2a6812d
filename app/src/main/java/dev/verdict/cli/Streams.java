package dev.verdict.cli;

import java.io.InputStream;

/// Gives commands the process's streams: the one place in Verdict that names them.
final class Streams {
    private final Terminal terminal = Terminal.detect(System.out, System.err, System.getenv());

    /// Returns the standard input.
    static InputStream input() {
        return System.in;
    }

    Terminal terminal() {
        return terminal;
    }
}
