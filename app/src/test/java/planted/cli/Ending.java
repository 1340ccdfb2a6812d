package planted.cli;

/// Keeps the rule: Ending may exit.
final class Ending {
    void exit() {
        System.exit(0);
    }
}
