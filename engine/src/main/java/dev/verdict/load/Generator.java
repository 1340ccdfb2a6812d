package dev.verdict.load;

/// Sends one load.
public interface Generator extends AutoCloseable {
    /// Sends until the load is over, or [#stop] is called; blocks so long.
    LoadResult run(LoadListener listener) throws InterruptedException;

    /// Ends it early: what is under way is still waited for, at most as long as a time-out.
    /// Any thread may call it, before and after as well.
    ///
    /// @param why for the result
    void stop(String why);

    /// Lets go of whatever is left; called after [#run].
    @Override
    void close();
}
