package dev.verdict.load.client;

import dev.verdict.load.ErrorKind;
import java.io.IOException;
import java.util.List;

/// Calls Java; its only text is the request's number.
final class CallUser implements Client {
    private final Protocol.Call call;

    CallUser(Protocol.Call call) {
        this.call = call;
    }

    @Override
    public boolean connect() {
        return false;
    }

    @Override
    public Answered ask(List<String> texts, Watch watch) throws IOException, InterruptedException, WrongAnswer {
        try {
            call.call(Long.parseLong(texts.getFirst()));
            return new Answered("", 0, 0);
        } catch (IOException | InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            throw new WrongAnswer(ErrorKind.CHECK, e.toString());
        }
    }

    @Override
    public void close() {
        // Whoever is called keeps what it needs.
    }
}
