package planted.tui;

/// Keeps the rule: `tui` may write to the standard streams.
final class PrintsAsItShould {
    void print() {
        System.out.println("planted");
    }
}
