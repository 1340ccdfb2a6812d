package dev.verdict.run;

import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Asks a living run, from another process, to disturb its system or to stop doing so.
///
/// Whoever owns the run's folder may ask: the run listens on a Unix domain socket in a folder that
/// only its user can enter. A question and its answer are one line of JSON each.
public final class Control {
    static final int MAX_LINE = 65_536;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Control() {}

    /// Is a question.
    ///
    /// @param act `inject`, `list`, `undo` or `undoAll`
    /// @param subject the fault as a plan's entry, or its id; empty if nothing is to be said
    public record Question(String act, String subject) {}

    /// Is an answer.
    ///
    /// @param error one sentence; empty if all is well
    /// @param faults those that the question was about
    public record Answer(String error, List<Acting> faults) {
        public Answer {
            faults = List.copyOf(faults);
        }

        static Answer failed(String error) {
            return new Answer(error, List.of());
        }
    }

    /// Is a fault that acts.
    ///
    /// @param since when it began, ISO 8601
    public record Acting(String id, String kind, String target, String summary, String by, String since) {}

    /// Names the file in a run's folder that says where its socket is.
    static Path pointer(RunFolder folder) {
        return folder.root().resolve("control");
    }

    /// Asks a run.
    ///
    /// @throws RunException if nobody answers there
    public static Answer ask(RunFolder folder, Question question) {
        try {
            Path socket = Path.of(Files.readString(pointer(folder)).strip());
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                send(channel, question);
                return MAPPER.readValue(line(channel), Answer.class);
            }
        } catch (NoSuchFileException e) {
            throw new RunException(
                    "run %s takes no questions: it is over, or was not started by `verdict up`".formatted(folder.id()));
        } catch (IOException e) {
            throw new RunException("run %s does not answer: %s".formatted(folder.id(), e.getMessage()));
        }
    }

    static void send(SocketChannel channel, Object message) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((MAPPER.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    static Question question(SocketChannel channel) throws IOException {
        return MAPPER.readValue(line(channel), Question.class);
    }

    /// Reads up to the end of a line, or to the end of what is sent.
    private static String line(SocketChannel channel) throws IOException {
        var in = Channels.newInputStream(channel);
        var line = new java.io.ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
            if (line.size() > MAX_LINE) {
                throw new IOException("a line is longer than " + MAX_LINE + " bytes");
            }
        }
        if (line.size() == 0) {
            throw new IOException("the other side hung up");
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
