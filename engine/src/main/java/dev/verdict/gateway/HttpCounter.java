package dev.verdict.gateway;

import dev.verdict.gateway.HttpFraming.Step;
import java.nio.ByteBuffer;

/// Counts the HTTP/1 requests that go over one connection and follows their answers. It only looks:
/// what it cannot make sense of ends the counting, never the traffic.
final class HttpCounter {
    private final HttpStart.Request asked = new HttpStart.Request();
    private final HttpStart.Answer answer = new HttpStart.Answer();
    private final HttpFraming requests = new HttpFraming(asked);
    private final HttpFraming answers = new HttpFraming(answer);
    private boolean followed = true;
    private boolean tunnelled;

    /// Returns how many request heads are completed by the chunk; its position stays.
    int requestsIn(ByteBuffer chunk) {
        if (requests.blind()) {
            return 0;
        }
        int heads = 0;
        int position = chunk.position();
        for (Step step = requests.next(chunk); goesOn(step); step = requests.next(chunk)) {
            if (step == Step.HEAD) {
                heads++;
                if (!answers.blind() && !answer.asked(asked.text())) {
                    answers.close();
                }
            }
        }
        chunk.position(position);
        return heads;
    }

    /// Looks at what comes back, unless somebody else does; the chunk's position stays.
    void answered(ByteBuffer chunk) {
        if (!followed || answers.blind()) {
            return;
        }
        int position = chunk.position();
        while (goesOn(next(chunk))) {
            // What the answers are is of no interest here, only where they begin and end.
        }
        chunk.position(position);
    }

    /// Consumes a part of what comes back.
    Step next(ByteBuffer chunk) {
        Step step = answers.next(chunk);
        if (step == Step.HEAD && answers.blind()) {
            // An upgrade or a tunnel: Java's own client asks for HTTP/2 this way, mostly in vain.
            tunnelled = true;
            requests.close();
        }
        return step;
    }

    /// Says whether [#answered] looks by itself; otherwise the caller of [#next] does.
    void follow(boolean alone) {
        followed = alone;
    }

    HttpStart.Answer answer() {
        return answer;
    }

    HttpFraming answers() {
        return answers;
    }

    /// Tells whether the traffic is not HTTP/1 and has not stopped being so by agreement.
    boolean foreign() {
        return (requests.blind() || answers.blind()) && !tunnelled;
    }

    static boolean goesOn(Step step) {
        return step != Step.MORE && step != Step.BLIND;
    }
}
