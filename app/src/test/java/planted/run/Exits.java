package planted.run;

/// Ends the virtual machine from outside of Main.
final class Exits {
    void exit() {
        System.exit(1);
    }
}
