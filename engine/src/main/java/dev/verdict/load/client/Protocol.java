package dev.verdict.load.client;

import dev.verdict.http.HttpLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Says how a request is asked, and over what; what is asked are its texts.
public sealed interface Protocol {
    /// Sends commands to a Redis; each text is a word.
    ///
    /// @param address `HOST:PORT`
    record Redis(Address address) implements Protocol {}

    /// Sends a line over TCP and waits for one; the only text is the line.
    record Lines(Address address) implements Protocol {}

    /// Reads a stream of server-sent events to its end. The first text is its URL, the others are
    /// the values of the headers. The time to the first byte is that to the first event; the answer
    /// is the data of the last event before the one that ends it.
    ///
    /// @param headers their names
    /// @param until the data of the event that ends it; empty for none
    /// @param most so many events end it
    record Events(List<String> headers, String until, long most) implements Protocol {
        public Events {
            headers = List.copyOf(headers);
        }
    }

    /// Sends a text message over a WebSocket and waits for one; the only text is the message.
    ///
    /// @param url as `ws://127.0.0.1:8080/chat`
    record Messages(String url) implements Protocol {}

    /// Executes statements on a database, each a transaction of its own; the only text is the
    /// statement. The answer is the rows as a JSON array of objects, or how many were changed.
    ///
    /// @param url of JDBC
    /// @param directory where the relative file of a SQLite URL starts
    /// @param drivers where they are found
    record Sql(String url, Path directory, ClassLoader drivers) implements Protocol {}

    /// Calls Java; there are no texts.
    record Calls(Call call) implements Protocol {}

    /// Is Java that is called; by many threads at a time.
    @FunctionalInterface
    interface Call {
        /// Does what is measured. An [AssertionError] is a failed check, and so is any exception
        /// but those of input and output.
        ///
        /// @param number of the request in the whole load
        void call(long number) throws Exception;
    }

    /// Makes a user's way to the system.
    ///
    /// @param timeout for each part of an answer, if the protocol's client knows one of its own
    static Client client(Protocol protocol, Duration timeout) {
        return switch (protocol) {
            case Redis redis -> new RedisUser(redis.address(), timeout);
            case Lines lines -> new LineUser(lines.address(), timeout);
            case Events events -> new EventUser(events, HttpLimits.DEFAULT, timeout);
            case Messages messages -> new MessageUser(messages.url(), timeout);
            case Sql sql -> new SqlUser(sql, timeout);
            case Calls calls -> new CallUser(calls.call());
        };
    }
}
