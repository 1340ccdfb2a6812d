package dev.verdict.load.client;

import dev.verdict.load.Recorder;
import dev.verdict.load.Timing;

/// Takes down when the parts of one answer come.
final class Watch {
    private final Recorder recorder;
    private final int request;
    private final Timing timing;
    private long last = Timing.NOT_YET;

    Watch(Recorder recorder, int request, Timing timing) {
        this.recorder = recorder;
        this.request = request;
        this.timing = timing;
    }

    /// Takes down that the answer begins.
    void begins() {
        timing.firstByte(System.nanoTime());
    }

    /// Takes down when the answer began, as of [System#nanoTime].
    void began(long at) {
        timing.firstByte(at);
    }

    /// Takes down an event of a stream: the first begins the answer, between the others lie gaps.
    void event() {
        long now = System.nanoTime();
        if (last == Timing.NOT_YET) {
            timing.firstByte(now);
        } else {
            recorder.gap(request, now - last);
        }
        last = now;
    }
}
