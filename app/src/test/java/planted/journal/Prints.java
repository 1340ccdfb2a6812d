package planted.journal;

/// Writes to a standard stream outside of `cli` and `tui`.
public final class Prints {
    void print() {
        System.out.println("planted");
    }
}
