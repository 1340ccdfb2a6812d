package dev.verdict.load.client;

import dev.verdict.http.HttpLimits;
import dev.verdict.plan.Load;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Says how a request is asked, and over what; what is asked are its texts.
public sealed interface Protocol {
    /// Sends commands to a Redis; each text is a word.
    ///
    /// @param address `HOST:PORT`
    record Redis(Address address) implements Protocol {}

    /// Sends a line over TCP and waits for one; the only text is the line.
    record Lines(Address address) implements Protocol {}

    /// Reads a stream of server-sent events to its end; the only text is its URL. The time to the
    /// first byte is that to the first event.
    ///
    /// @param until the data of the event that ends it; empty for none
    /// @param most so many events end it
    record Events(Map<String, String> headers, String until, long most) implements Protocol {
        public Events {
            headers = Map.copyOf(headers);
        }
    }

    /// Sends a text message over a WebSocket and waits for one; the only text is the message.
    ///
    /// @param url as `ws://127.0.0.1:8080/chat`
    record Messages(String url) implements Protocol {}

    /// Sends a request over HTTP/2 and waits for its response; the texts are the URL, the body, and
    /// the values of the headers.
    ///
    /// @param headers their names
    /// @param statuses those that are no error
    /// @param insecure whether any certificate will do
    record Http2(String method, List<String> headers, List<Load.Range> statuses, boolean insecure) implements Protocol {
        public Http2 {
            headers = List.copyOf(headers);
            statuses = List.copyOf(statuses);
        }
    }

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
            case Http2 http2 -> new Http2User(http2);
            case Calls calls -> new CallUser(calls.call());
        };
    }
}
