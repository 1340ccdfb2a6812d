package dev.verdict.scenario;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.plan.Quantity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;

/// Journals what the steps of one scenario observe and check.
///
/// Of each observation the journal gets the digest; its content is kept only if a check fails
/// afterwards, for then somebody will want to read it.
final class JournaledEvidence implements Evidence {
    private static final int MAX_TEXT = 2_000;
    private static final int RECENT = 3;
    private static final int MAX_KEPT = 256 << 10;
    private static final long MAX_ATTACHED = 64 << 20;

    private final String scenario;
    private final Journal journal;
    private final Function<byte[], String> blobs;
    private final IntSupplier step;
    private final Deque<Content> recent = new ArrayDeque<>();
    private long attached;
    private boolean closed;

    /// Is the beginning of something observed; nobody compares two of them.
    @SuppressWarnings("ArrayRecordComponent")
    private record Content(int step, String name, byte[] bytes) {}

    /// Prepares for a scenario.
    ///
    /// @param blobs keeps content and returns its SHA-256
    /// @param step answers the index of the step that runs
    JournaledEvidence(String scenario, Journal journal, Function<byte[], String> blobs, IntSupplier step) {
        this.scenario = scenario;
        this.journal = journal;
        this.blobs = blobs;
        this.step = step;
    }

    @Override
    public String scenario() {
        return scenario;
    }

    @Override
    public void observed(String kind, String source, String summary, byte[] content) {
        String digest = content.length == 0 ? "" : sha256(content);
        int index = step.getAsInt();
        synchronized (this) {
            requireOpen();
            recent.add(new Content(index, name(summary, content), Arrays.copyOf(content, kept(content))));
            if (recent.size() > RECENT) {
                recent.remove();
            }
        }
        journal.emit(new Event.Observed(scenario, index, kind, source, shortened(summary), digest, content.length));
    }

    @Override
    public void check(String subject, Object expected, Object actual, boolean passed) {
        checked(subject, expected, actual, passed, Optional.empty());
    }

    @Override
    public void weakCheck(String subject, Object expected, Object actual, boolean passed, String weakness) {
        checked(subject, expected, actual, passed, Optional.of(weakness));
    }

    @Override
    public void reported(String name, String quantity) {
        synchronized (this) {
            requireOpen();
        }
        Quantity value = Quantity.of(quantity);
        journal.emit(new Event.ValueReported(
                scenario, step.getAsInt(), name, value.number(), value.unit().name()));
    }

    @Override
    public void attach(String name, String mediaType, byte[] content) {
        synchronized (this) {
            requireOpen();
            attached += content.length;
            if (attached > MAX_ATTACHED) {
                throw new IllegalArgumentException(
                        "a scenario's attachments may have %d MiB together".formatted(MAX_ATTACHED >> 20));
            }
        }
        attach(step.getAsInt(), name, mediaType, content);
    }

    /// Keeps the content of the last observations, because a step has just failed.
    void keepRecent() {
        List<Content> contents;
        synchronized (this) {
            contents = new ArrayList<>(recent);
            recent.clear();
        }
        contents.stream()
                .filter(content -> content.bytes().length > 0)
                .forEach(
                        content -> attach(content.step(), content.name(), mediaType(content.bytes()), content.bytes()));
    }

    /// Refuses everything from now on: a step that was left behind must not testify.
    synchronized void close() {
        closed = true;
        recent.clear();
    }

    private void checked(String subject, Object expected, Object actual, boolean passed, Optional<String> weakness) {
        synchronized (this) {
            requireOpen();
        }
        String wanted = shortened(String.valueOf(expected));
        String seen = shortened(String.valueOf(actual));
        journal.emit(new Event.Checked(scenario, step.getAsInt(), shortened(subject), wanted, seen, passed, weakness));
        if (!passed) {
            throw new AssertionError(shortened(subject) + ": expected " + wanted + ", but was " + seen);
        }
    }

    private void attach(int index, String name, String mediaType, byte[] content) {
        journal.emit(
                new Event.Attached(scenario, index, shortened(name), mediaType, blobs.apply(content), content.length));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the scenario " + scenario + " has ended");
        }
    }

    private static String name(String summary, byte[] content) {
        return content.length <= MAX_KEPT
                ? summary
                : "%s (the first %d KiB of %d bytes)".formatted(summary, MAX_KEPT >> 10, content.length);
    }

    private static int kept(byte[] content) {
        return Math.min(content.length, MAX_KEPT);
    }

    private static String mediaType(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
        } catch (CharacterCodingException e) {
            return "application/octet-stream";
        }
        return content[0] == '{' || content[0] == '[' ? "application/json" : "text/plain";
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
