package dev.verdict.gateway;

import java.nio.ByteBuffer;

/// Is what goes over one direction of a connection under faults.
sealed interface Parcel {
    /// Holds some bytes, which belong to whoever holds the parcel.
    record Bytes(ByteBuffer buffer) implements Parcel {
        /// Splits off the first `size` bytes; this parcel keeps the rest.
        Bytes first(int size) {
            ByteBuffer head = buffer.slice(buffer.position(), size);
            buffer.position(buffer.position() + size);
            return new Bytes(head);
        }

        @Override
        public int size() {
            return buffer.remaining();
        }
    }

    /// Marks how the stream ends.
    enum End implements Parcel {
        /// The sender has said everything.
        ORDERLY,
        /// The sender is gone without a farewell.
        RESET;

        @Override
        public int size() {
            return 0;
        }
    }

    /// Returns its number of bytes.
    int size();
}
