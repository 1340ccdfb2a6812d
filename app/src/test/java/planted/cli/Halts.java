package planted.cli;

/// Ends the virtual machine from `cli`, but not from Ending.
final class Halts {
    void halt() {
        Runtime.getRuntime().halt(1);
    }
}
