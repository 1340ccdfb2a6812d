package dev.verdict.gateway;

import org.jspecify.annotations.Nullable;

/// Is a stage that keeps parcels for a while.
abstract class Holding extends Stage {
    private @Nullable Held held;
    private Loop.@Nullable Timer timer;

    /// Passes on what is due by now, and asks to be woken for the rest.
    abstract void due();

    /// Returns how many bytes it may hold before the sender has to wait.
    abstract long most();

    @Override
    void begin() {
        held = new Held(course().loop().held());
    }

    @Override
    void release() {
        for (Parcel parcel = held().poll(); parcel != null; parcel = held().poll()) {
            pass(parcel);
        }
    }

    @Override
    void discard() {
        held().clear();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    @Override
    boolean full() {
        long bytes = held().bytes();
        return bytes >= most() || (bytes > 0 && course().loop().full());
    }

    @Override
    boolean holds() {
        return !held().isEmpty();
    }

    final Held held() {
        if (held == null) {
            throw new IllegalStateException("not begun");
        }
        return held;
    }

    /// Has [#due] called at the time, unless it will be called before.
    final void wake(long nanos) {
        if (timer == null) {
            timer = course().at(nanos, () -> {
                timer = null;
                due();
            });
        }
    }
}
