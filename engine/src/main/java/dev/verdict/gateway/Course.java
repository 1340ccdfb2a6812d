package dev.verdict.gateway;

import dev.verdict.gateway.Connection.Side;
import dev.verdict.gateway.Parcel.End;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Moves one direction of a connection through the stages of its faults. Bytes are copied here,
/// which the way without faults spares.
///
/// The end of a stream and a reset are parcels as bytes are: they arrive after everything that was
/// sent before them, as on a network.
final class Course {
    /// Bytes that wait for the receiver's socket before the sender has to wait.
    private static final long MOST_OUTGOING = 256 * 1024;

    private final Connection connection;
    private final Loop loop;
    private final Side source;
    private final Side sink;
    private final Consumer<ByteBuffer> witness;
    private final List<Stage> stages = new ArrayList<>();
    private final Held outgoing;
    /// Nothing more comes from the source.
    private boolean drained;

    private boolean ended;
    /// A reset is on its way.
    private boolean cut;

    /// The sink is gone: nothing that comes can be handed on.
    private boolean dead;

    /// @param ended whether the source has ended already, and the sink knows
    Course(Connection connection, Side source, Side sink, Consumer<ByteBuffer> witness, boolean ended) {
        this.connection = connection;
        this.loop = connection.loop();
        this.source = source;
        this.sink = sink;
        this.witness = witness;
        this.outgoing = new Held(loop.held());
        this.drained = ended;
        this.ended = ended;
    }

    Loop loop() {
        return loop;
    }

    Connection connection() {
        return connection;
    }

    boolean ended() {
        return ended;
    }

    /// Tells whether there is nothing left to do that the way without faults could not.
    boolean idle() {
        return stages.isEmpty() && outgoing.isEmpty() && !dead && !cut && drained == ended;
    }

    /// Tells whether any byte or end is on its way.
    boolean holds() {
        return !outgoing.isEmpty() || stages.stream().anyMatch(Stage::holds);
    }

    void add(Stage stage, Applied owner) {
        stage.attach(this, owner);
        stages.add(stage);
        // Stable: faults of one kind stay in the order in which they came.
        stages.sort(Comparator.comparing(Stage::rank));
        link();
        stage.begin();
    }

    /// Takes out the fault's stages; what they held goes on.
    void remove(Applied owner) {
        for (Stage stage : List.copyOf(stages)) {
            if (stage.ends(owner)) {
                stage.release();
                drop(stage);
            }
        }
    }

    /// Takes out a stage that holds nothing.
    void drop(Stage stage) {
        stage.discard();
        stages.remove(stage);
        link();
    }

    boolean has(Stage.Rank rank) {
        return stages.stream().anyMatch(stage -> stage.rank() == rank);
    }

    /// Puts bytes that the sink has yet to take in front of everything else.
    void resume(ByteBuffer rest) {
        outgoing.add(new Parcel.Bytes(copy(rest)));
    }

    /// Reads what the source has, if there is room for it, and hands on what is due.
    void move() {
        if (reads()) {
            read();
        }
        settle();
    }

    /// Lets the parcel through the stages.
    void take(Parcel parcel) {
        if (dead) {
            return;
        }
        if (stages.isEmpty()) {
            arrive(parcel);
        } else {
            stages.getFirst().take(parcel);
        }
    }

    /// Takes what has come through all stages.
    void arrive(Parcel parcel) {
        if (!dead) {
            outgoing.add(parcel);
        }
    }

    /// Sends the receiver a reset, after everything that was sent before it.
    void reset() {
        if (dead) {
            connection.reset();
        } else if (!cut) {
            cut = true;
            drained = true;
            take(End.RESET);
        }
    }

    /// Forgets everything, because the receiver is gone.
    void discard() {
        dead = true;
        stages.forEach(Stage::discard);
        outgoing.clear();
    }

    /// Has the task run at the time, and what follows from it done.
    Loop.Timer at(long nanos, Runnable task) {
        return loop.at(nanos, () -> {
            task.run();
            settle();
        });
    }

    /// Writes what the sink takes and says for what the loop should wait.
    void settle() {
        if (!connection.open()) {
            return;
        }
        try {
            if (connection.joined()) {
                write();
            }
        } catch (IOException e) {
            connection.lost(sink);
        }
        if (connection.open()) {
            interest(source.key(), SelectionKey.OP_READ, reads());
            interest(sink.key(), SelectionKey.OP_WRITE, connection.joined() && !outgoing.isEmpty());
            connection.settled();
        }
    }

    private static void interest(SelectionKey key, int operation, boolean wanted) {
        if (wanted) {
            key.interestOpsOr(operation);
        } else {
            key.interestOpsAnd(~operation);
        }
    }

    private boolean reads() {
        return connection.readable(source)
                && !drained
                && !dead
                && outgoing.bytes() < MOST_OUTGOING
                && stages.stream().noneMatch(Stage::full);
    }

    private void read() {
        ByteBuffer buffer = loop.buffers().take();
        try {
            int count = source.channel().read(buffer);
            if (count < 0) {
                drained = true;
                take(End.ORDERLY);
            } else if (count > 0) {
                witness.accept(buffer.flip());
                take(new Parcel.Bytes(copy(buffer)));
            }
        } catch (IOException e) {
            connection.lost(source);
        } finally {
            loop.buffers().giveBack(buffer);
        }
    }

    private void write() throws IOException {
        for (Parcel first = outgoing.peek(); first != null; first = outgoing.peek()) {
            switch (first) {
                case Parcel.Bytes(ByteBuffer bytes) -> {
                    outgoing.count(-sink.channel().write(bytes));
                    if (bytes.hasRemaining()) {
                        return;
                    }
                }
                case End.ORDERLY -> {
                    ended = true;
                    sink.channel().shutdownOutput();
                }
                case End.RESET -> {
                    connection.reset();
                    return;
                }
            }
            outgoing.poll();
        }
    }

    private void link() {
        @Nullable Stage following = null;
        for (Stage stage : stages.reversed()) {
            stage.link(following);
            following = stage;
        }
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }
}
