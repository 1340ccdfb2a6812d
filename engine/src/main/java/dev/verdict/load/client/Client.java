package dev.verdict.load.client;

import java.io.IOException;
import java.util.List;

/// Is one user's way to the system: it asks one thing after the other and waits for each answer.
/// A protocol is one of these.
interface Client extends AutoCloseable {
    /// Makes the connection, unless there is one.
    ///
    /// @return whether one was made
    boolean connect() throws IOException, InterruptedException;

    /// Asks, and waits for the whole answer.
    ///
    /// @param texts what is asked, as the protocol has it; nothing is left to be filled in
    /// @param watch is told when parts of the answer come
    /// @throws WrongAnswer if the other side answers that it did not work
    /// @throws IOException if the connection breaks, or brings something else than the protocol
    Answered ask(List<String> texts, Watch watch) throws IOException, InterruptedException, WrongAnswer;

    /// Gives up the connection: the next question begins anew. Whoever asks gets a failure.
    @Override
    void close();

    /// Is an answer.
    ///
    /// @param text what it holds; a long one may be cut
    record Answered(String text, long bytesIn, long bytesOut) {}
}
