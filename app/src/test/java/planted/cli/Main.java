package planted.cli;

/// Keeps the rule: Main may exit.
final class Main {
    void exit() {
        System.exit(0);
    }
}
