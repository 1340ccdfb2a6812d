package dev.verdict.gateway;

import dev.verdict.gateway.HttpFraming.Body;
import java.util.ArrayDeque;
import java.util.Deque;

/// Reads the first line of an HTTP/1 message, which says what kind of body follows.
sealed interface HttpStart {
    /// Tells whether the line may still become a first line, so that other protocols are told apart
    /// by their first bytes.
    boolean plausible(HttpLine line);

    /// Reads the whole line; false if it is none.
    boolean read(String line);

    /// Returns what the line that was read says about the body.
    Body body();

    /// Reads request lines.
    final class Request implements HttpStart {
        private String text = "";
        private boolean methodEnded;

        /// Returns method and target, as `GET /orders/7`.
        String text() {
            return text;
        }

        /// A method is of letters (and `-`, `_`).
        @Override
        public boolean plausible(HttpLine line) {
            int last = line.length() - 1;
            byte next = line.at(last);
            if (last == 0) {
                methodEnded = next == '\r' || next == '\n';
                return methodEnded || letter(next);
            }
            if (methodEnded) {
                return line.at(0) != '\r' || next == '\n';
            }
            methodEnded = next == ' ';
            return methodEnded || (last < 32 && letter(next));
        }

        @Override
        public boolean read(String line) {
            int version = line.lastIndexOf(" HTTP/1.");
            text = line.substring(0, Math.max(0, version));
            return version > line.indexOf(' ') && version + 9 == line.length();
        }

        @Override
        public Body body() {
            return Body.AS_FRAMED;
        }

        private static boolean letter(byte next) {
            int small = next | 0x20;
            return (small >= 'a' && small <= 'z') || next == '-' || next == '_';
        }
    }

    /// Reads status lines, each with the request that it answers.
    final class Answer implements HttpStart {
        private static final String VERSION = "HTTP/1.";
        /// Requests that wait for their answer at a time; more than that are not believed.
        private static final int MOST_OPEN = 1_000;

        private final Deque<String> open = new ArrayDeque<>(1);
        private String request = "";
        private int status;

        /// Notes a request that is to be answered; false if there are too many.
        boolean asked(String one) {
            open.addLast(one);
            return open.size() <= MOST_OPEN;
        }

        /// Returns the method and target of the request that is being answered; empty if nobody
        /// asked.
        String request() {
            return request;
        }

        int status() {
            return status;
        }

        /// Tells whether the answer proper is still to come.
        boolean interim() {
            return status < 200 && status != 101;
        }

        @Override
        public boolean plausible(HttpLine line) {
            int last = line.length() - 1;
            byte next = line.at(last);
            return last >= VERSION.length()
                    || next == VERSION.charAt(last)
                    || next == '\n'
                    || (next == '\r' && last == 0);
        }

        @Override
        public boolean read(String line) {
            boolean valid = line.matches("HTTP/1\\.[0-9] [1-9][0-9][0-9](?: .*)?");
            if (valid) {
                status = Integer.parseInt(line.substring(9, 12));
                String next = interim() ? open.peekFirst() : open.pollFirst();
                request = next == null ? "" : next;
            }
            return valid;
        }

        @Override
        public Body body() {
            if (status == 101 || (request.startsWith("CONNECT ") && status / 100 == 2)) {
                return Body.TUNNEL;
            }
            boolean none = status < 200 || status == 204 || status == 304 || request.startsWith("HEAD ");
            return none ? Body.NONE : Body.UNTIL_END;
        }
    }
}
