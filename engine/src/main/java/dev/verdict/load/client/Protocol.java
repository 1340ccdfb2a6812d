package dev.verdict.load.client;

import dev.verdict.http.HttpLimits;
import dev.verdict.load.wire.Trust;
import dev.verdict.plan.Load;
import dev.verdict.proto.Rpc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    /// @param trust whose certificates are accepted
    record Messages(String url, Trust trust) implements Protocol {}

    /// Sends a request over HTTP/2 and waits for its response; the texts are the URL, the body, and
    /// the values of the headers.
    ///
    /// @param origin as `https://127.0.0.1:8443`, where all of them go
    /// @param headers their names
    /// @param statuses those that are no error
    /// @param trust whose certificates are accepted
    record Http2(String origin, String method, List<String> headers, List<Load.Range> statuses, Trust trust)
            implements Protocol {
        private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#\\s$]+");

        public Http2 {
            headers = List.copyOf(headers);
            statuses = List.copyOf(statuses);
        }

        /// Returns scheme, host and port of a URL, of which the rest may hold variables.
        ///
        /// @throws IllegalArgumentException if it is no URL of HTTP
        public static String origin(String url) {
            Matcher matcher = ORIGIN.matcher(url);
            if (!matcher.lookingAt()) {
                throw new IllegalArgumentException("not the URL of an HTTP service: " + url);
            }
            return matcher.group();
        }
    }

    /// Calls a method of gRPC, and waits for its answer or its stream of answers, of which the last
    /// counts. The texts are the message, as JSON, and the values of the headers.
    ///
    /// @param origin as `https://127.0.0.1:8443`
    /// @param method as `shop.Stock/Reserve`
    /// @param rpc what it takes and gives; empty if its server is to be asked about that
    /// @param headers their names
    /// @param trust whose certificates are accepted
    record Grpc(String origin, String method, Optional<Rpc> rpc, List<String> headers, Trust trust)
            implements Protocol {
        private static final Pattern METHOD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*/[A-Za-z_][A-Za-z0-9_]*");

        /// Checks the name of the method.
        ///
        /// @throws IllegalArgumentException if it is none
        public Grpc {
            headers = List.copyOf(headers);
            if (!METHOD.matcher(method).matches()) {
                throw new IllegalArgumentException(
                        "'" + method + "' is no method; expected a service and its method, as shop.Stock/Reserve");
            }
        }
    }

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
            case Messages messages -> new MessageUser(messages, timeout);
            case Http2 http2 -> new Http2User(http2);
            case Grpc grpc -> new GrpcUser(grpc, timeout);
            case Sql sql -> new SqlUser(sql, timeout);
            case Calls calls -> new CallUser(calls.call());
        };
    }
}
