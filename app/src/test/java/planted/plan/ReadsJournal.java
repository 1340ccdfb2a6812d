package planted.plan;

import planted.journal.Prints;

/// Breaks the table: `plan` may import no room.
final class ReadsJournal {
    private ReadsJournal() {}

    static Prints read() {
        return new Prints();
    }
}
