package dev.verdict.consistency;

/// Knows the states of one key, as small numbers: what each move makes of them, and which moves are
/// worth a try in them.
sealed interface Space permits RegisterSpace, TextSpace {
    static Space of(Moves moves, Windows windows, Budget budget) {
        return moves.has(Moves.APPEND) ? new TextSpace(moves, windows, budget) : new RegisterSpace(moves, windows);
    }

    /// Returns the state, or the first of those, that the moves may find at the begin.
    int initial();

    /// Returns the next state that they may find as well; -1 if there is no other.
    int nextInitial(int state);

    Unknowns unknowns();

    /// Returns the state that a move makes of another; -1 if the move cannot take place in it.
    int after(int move, int state);

    /// Returns the state that stands for this one from a window on.
    int settled(int state, int window);

    /// Looks at a configuration; the next three answers are about it.
    ///
    /// @param every whether to want even what leads to something wanted that is there to be taken
    void look(Configs configs, int config, Consumed consumed, boolean every);

    /// Tells whether a move under way may have to take place before the window ends.
    boolean isWorth(int move, int state, int window);

    /// Returns how many values there are that unknown moves may have to make before the window
    /// ends.
    int wantedCount();

    int wanted(int place);

    /// Tells whether a write that can hide may matter as well as one that is seen.
    boolean matters(int move, int window);

    /// Tells whether what is seen next can still be seen.
    ///
    /// @param bag what was taken of the unknown
    boolean isHopeful(int window, int state, long[] done, Consumed consumed, int bag);

    /// Returns the last window that ends what was found hopeless to see; -1 if nothing was.
    int lastBlocked();

    /// Returns a state to look at.
    ///
    /// @param cell the cell of the value that was written last
    String text(int state, int cell);
}
