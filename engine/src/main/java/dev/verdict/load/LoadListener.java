package dev.verdict.load;

import java.util.List;

/// Is told of what a load measures, while it lasts; on a thread that sends nothing.
public interface LoadListener {
    /// Listens to nothing.
    LoadListener NONE = (intervals, users) -> {};

    /// Takes a second: one interval for each request, also where nothing happened.
    ///
    /// @param active how many users or connections are waiting for an answer now
    void second(List<Interval> intervals, int active);
}
