package dev.verdict.cli;

/// Shows one line that is rewritten in place; does nothing where nobody watches. Line wrap is off
/// while it is written, so that a long text is cut by the terminal itself.
final class StatusLine {
    private static final String CLEAR = "\r\u001b[2K";
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final Terminal terminal;
    private boolean shown;

    StatusLine(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(String text) {
        if (!terminal.live()) {
            return;
        }
        terminal.out().print(CLEAR + NO_WRAP + terminal.dim(text) + WRAP);
        terminal.out().flush();
        shown = true;
    }

    void clear() {
        if (shown) {
            terminal.out().print(CLEAR);
            shown = false;
        }
    }
}
