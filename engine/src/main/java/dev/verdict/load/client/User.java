package dev.verdict.load.client;

import dev.verdict.http.HttpFailure;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.Recorder;
import dev.verdict.load.Timing;
import dev.verdict.load.client.Client.Answered;
import dev.verdict.load.client.Turns.Turn;
import dev.verdict.load.wire.Save;
import dev.verdict.load.wire.Template;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Asks one thing after the other, on a thread of its own, with a client for each kind of request.
final class User implements AutoCloseable {
    /// Is how long one rests who got no connection: a busy loop of refusals tests nothing.
    private static final long RELUCTANCE = 50_000_000;

    private final ClientGenerator generator;
    private final int number;
    private final Recorder recorder;
    private final List<Client> clients = new ArrayList<>();
    private final List<List<Template>> texts = new ArrayList<>();
    private final Map<String, String> saved = new HashMap<>();
    private final Timing timing = new Timing();
    private long rest;

    User(ClientGenerator generator, int number, Recorder recorder) {
        this.generator = generator;
        this.number = number;
        this.recorder = recorder;
        for (ClientRequest request : generator.load().requests()) {
            clients.add(Protocol.client(request.protocol(), generator.load().timeout()));
            texts.add(request.texts().stream().map(Template::of).toList());
        }
    }

    /// Makes the connections; one that cannot be made is an error when something is asked.
    void connect() throws InterruptedException {
        for (int i = 0; i < clients.size(); i++) {
            TimeLimit limit = new TimeLimit(generator.load().timeout());
            try {
                connect(i);
            } catch (IOException | InterruptedException e) {
                clients.get(i).close();
                if (!limit.close() && e instanceof InterruptedException interrupt) {
                    throw interrupt;
                }
            } finally {
                boolean _ = limit.close();
            }
        }
    }

    private void connect(int request) throws IOException, InterruptedException {
        long before = System.nanoTime();
        if (clients.get(request).connect()) {
            recorder.connected(request, System.nanoTime() - before);
        }
    }

    /// Asks until the load is over.
    void act(Turns turns) throws InterruptedException {
        long free = turns.start();
        Optional<Turn> turn = turns.next(number, free, 0);
        while (turn.isPresent()) {
            int request = generator.variables().ready(generator.draw(turn.get().index()), saved);
            timing.begin(turn.get().due(), free);
            generator.waits(1);
            try {
                ask(request, turn.get().index());
            } finally {
                generator.waits(-1);
            }
            free = System.nanoTime();
            turn = turns.next(number, free, rest);
        }
    }

    private void ask(int request, long index) throws InterruptedException {
        Client client = clients.get(request);
        TimeLimit limit = new TimeLimit(generator.load().timeout());
        boolean connected = false;
        rest = 0;
        try {
            timing.sent(System.nanoTime());
            connect(request);
            connected = true;
            Answered answer = client.ask(filled(request, index), new Watch(recorder, request, timing));
            timing.done(System.nanoTime());
            take(request, answer);
        } catch (WrongAnswer e) {
            fail(request, e.kind(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            fail(request, ErrorKind.MALFORMED, "a value cannot be sent: " + e.getMessage());
        } catch (IOException | InterruptedException e) {
            client.close();
            boolean over = limit.close();
            if (e instanceof InterruptedException interrupt && !over) {
                throw interrupt;
            }
            rest = connected ? 0 : RELUCTANCE;
            fail(request, over ? ErrorKind.TIMED_OUT : kind(e), over ? "no answer in time" : reason(e));
        } finally {
            boolean _ = limit.close();
        }
    }

    private void take(int request, Answered answer) {
        Optional<String> wrong = wrong(generator.load().requests().get(request), answer.text());
        if (wrong.isPresent()) {
            recorder.failed(request, ErrorKind.CHECK, wrong.get(), timing);
            recorder.moved(request, answer.bytesIn(), answer.bytesOut());
            generator.countError();
        } else {
            recorder.answered(request, timing, answer.bytesIn(), answer.bytesOut());
        }
    }

    /// Saves what later requests need; says what is wrong with the answer, if anything is.
    private Optional<String> wrong(ClientRequest asked, String answer) {
        if (asked.contains().filter(part -> !answer.contains(part)).isPresent()) {
            return Optional.of("the answer does not contain what it should");
        }
        for (Save.FromBody save : asked.saves()) {
            Optional<String> value = save.in(answer);
            if (value.isEmpty()) {
                return Optional.of("nothing to save as " + save.variable());
            }
            saved.put(save.variable(), value.get());
        }
        return Optional.empty();
    }

    private void fail(int request, ErrorKind kind, String what) {
        timing.done(System.nanoTime());
        recorder.failed(request, kind, what, timing);
        generator.countError();
    }

    private List<String> filled(int request, long index) {
        List<String> values = new ArrayList<>();
        boolean url = generator.load().requests().get(request).protocol() instanceof Protocol.Events;
        for (Template text : texts.get(request)) {
            Function<String, String> fed = name -> generator.variables().value(name, index, saved);
            values.add(url && values.isEmpty() ? text.fillEscaped(fed) : text.fill(fed));
        }
        return values.isEmpty() ? List.of(Long.toString(index)) : values;
    }

    private static ErrorKind kind(Exception failure) {
        return switch (failure) {
            case EOFException _ -> ErrorKind.CUT_OFF;
            case SocketTimeoutException _ -> ErrorKind.TIMED_OUT;
            case IOException io -> ErrorKind.valueOf(HttpFailure.of(io).kind().name());
            default -> ErrorKind.RESET;
        };
    }

    private static String reason(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    @Override
    public void close() {
        clients.forEach(Client::close);
    }
}
