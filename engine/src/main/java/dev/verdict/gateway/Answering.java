package dev.verdict.gateway;

import dev.verdict.gateway.HttpFraming.Step;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Finds the answers of one connection and lets the HTTP faults change them. A fault acts from the
/// next answer on, and an answer that is under way when it ends is finished as it was begun.
final class Answering extends Stage {
    private static final int MOST_HEAD = 256 * 1024;
    private static final int MOST_BODY = 8 << 20;

    private final HttpCounter http;
    private final List<Hold> holds = new ArrayList<>();
    private final List<HttpGrip> chosen = new ArrayList<>();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    /// What came behind the head, as it came.
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private @Nullable HttpMessage message;
    private Mode mode = Mode.HEAD;
    private boolean over;

    private record Hold(HttpGrip grip, SplittableRandom random) {}

    /// Says what happens to bytes as they come.
    private enum Mode {
        /// They are a head, and kept until it is complete.
        HEAD,
        /// They go on.
        PASS,
        /// They are replaced by others that went on already.
        DROP,
        /// They are kept until the answer is complete.
        COLLECT
    }

    Answering(HttpCounter http) {
        this.http = http;
    }

    /// Lets one more fault change what is answered from now on.
    void add(HttpGrip grip, SplittableRandom random) {
        holds.add(new Hold(grip, random));
        if (http.foreign()) {
            complain("the traffic is not HTTP/1");
        }
    }

    /// Tells whether it has left the course.
    boolean over() {
        return over;
    }

    @Override
    Rank rank() {
        return Rank.CONTENT;
    }

    @Override
    void begin() {
        http.follow(false);
        mode = http.answers().between() ? Mode.HEAD : Mode.PASS;
    }

    @Override
    boolean ends(Applied fault) {
        holds.removeIf(hold -> hold.grip().applied().equals(fault));
        return idle();
    }

    @Override
    void discard() {
        over = true;
        http.follow(true);
        forget();
    }

    @Override
    boolean holds() {
        return head.size() > 0 || raw.size() > 0;
    }

    @Override
    void take(Parcel parcel) {
        if (parcel instanceof Parcel.Bytes(ByteBuffer bytes)) {
            while (consumed(bytes)) {
                // Each turn takes a part of it.
            }
        } else {
            if (mode == Mode.COLLECT
                    && parcel == Parcel.End.ORDERLY
                    && http.answers().completes()) {
                complete();
            }
            // What is left is cut off, and stays so.
            spill();
        }
        flush();
        if (!(parcel instanceof Parcel.Bytes)) {
            pass(parcel);
        }
        if (idle() && !over) {
            course().drop(this);
        }
    }

    /// Takes what belongs together; tells whether there may be more.
    private boolean consumed(ByteBuffer bytes) {
        int from = bytes.position();
        Step step = http.next(bytes);
        byte[] part = new byte[bytes.position() - from];
        bytes.get(from, part);
        keep(part);
        switch (step) {
            case HEAD -> headComplete();
            case CONTENT -> {
                if (mode == Mode.COLLECT) {
                    collect(part, http.answers().content());
                }
            }
            case END -> complete();
            case BLIND -> {
                if (http.foreign()) {
                    complain("the traffic is not HTTP/1");
                }
                spill();
                out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
                mode = Mode.PASS;
            }
            case MORE -> {}
        }
        return HttpCounter.goesOn(step);
    }

    private void keep(byte[] part) {
        switch (mode) {
            case HEAD -> head.writeBytes(part);
            case PASS -> out.writeBytes(part);
            case COLLECT -> {
                raw.writeBytes(part);
                course().loop().held().addAndGet(part.length);
            }
            case DROP -> {}
        }
        if (head.size() > MOST_HEAD) {
            complain("the head of an answer has more than 256 KiB");
            spill();
        }
    }

    private void collect(byte[] part, int content) {
        body.write(part, part.length - content, content);
        if (raw.size() > MOST_BODY || course().loop().full()) {
            complain("the body of an answer has more than 8 MiB");
            spill();
        }
    }

    private void headComplete() {
        if (mode != Mode.HEAD) {
            return;
        }
        if (http.answer().interim() || http.answers().blind()) {
            spill();
            return;
        }
        for (Hold hold : holds) {
            if (hold.grip().applied().draws(hold.random())) {
                chosen.add(hold.grip());
            }
        }
        if (chosen.isEmpty()) {
            spill();
            return;
        }
        message = new HttpMessage(http.answer().request(), head.toByteArray());
        if (chosen.stream().anyMatch(grip -> grip.change().needsBody())) {
            mode = Mode.COLLECT;
        } else {
            change(message);
        }
    }

    /// Sends the head, and the body if it is another one; what comes then goes on or does not.
    private void change(HttpMessage answer) {
        boolean changed = false;
        for (HttpGrip grip : chosen) {
            if (grip.change().concerns(answer) && grip.applied().strikes()) {
                grip.change().change(answer);
                changed = true;
            }
        }
        out.writeBytes(changed ? answer.bytes() : head.toByteArray());
        head.reset();
        mode = answer.bodyChanged() ? Mode.DROP : Mode.PASS;
    }

    private void complete() {
        if (mode == Mode.COLLECT && message != null) {
            message.arrived(body.toByteArray());
            change(message);
            if (mode == Mode.PASS) {
                out.writeBytes(raw.toByteArray());
            }
        }
        forget();
        mode = Mode.HEAD;
    }

    /// Passes on unchanged what was kept, and the rest of the answer.
    private void spill() {
        out.writeBytes(head.toByteArray());
        out.writeBytes(raw.toByteArray());
        forget();
        mode = Mode.PASS;
    }

    private void forget() {
        course().loop().held().addAndGet(-raw.size());
        head.reset();
        raw.reset();
        body.reset();
        chosen.clear();
        message = null;
    }

    private void flush() {
        if (out.size() > 0) {
            pass(new Parcel.Bytes(ByteBuffer.wrap(out.toByteArray())));
            out.reset();
        }
    }

    private boolean idle() {
        return holds.isEmpty()
                && !holds()
                && (http.answers().between() || http.answers().blind());
    }

    private void complain(String reason) {
        holds.forEach(hold -> hold.grip().complain(reason));
    }
}
