package dev.verdict.load.wire;

import dev.verdict.plan.PlanException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads rows of comma-separated values (RFC 4180): a value in quotes may hold commas, line ends
/// and doubled quotes. Empty lines are passed over.
final class CsvReader {
    private static final int END = -1;

    private final Reader in;
    private final String file;
    private int line = 1;
    private int ahead;

    CsvReader(Reader in, String file) throws IOException {
        this.in = in;
        this.file = file;
        this.ahead = in.read();
    }

    /// Returns the line of the row that was read last.
    int line() {
        return line - 1;
    }

    /// Returns the next row.
    ///
    /// @throws PlanException if a quote is not closed
    Optional<List<String>> next() throws IOException {
        while (ahead == '\n' || ahead == '\r') {
            endLine();
        }
        if (ahead == END) {
            return Optional.empty();
        }
        List<String> row = new ArrayList<>();
        row.add(value());
        while (ahead == ',') {
            take();
            row.add(value());
        }
        endLine();
        return Optional.of(row);
    }

    private String value() throws IOException {
        return ahead == '"' ? quoted() : plain();
    }

    private String plain() throws IOException {
        StringBuilder text = new StringBuilder();
        while (ahead != ',' && ahead != '\n' && ahead != '\r' && ahead != END) {
            text.append((char) take());
        }
        return text.toString();
    }

    private String quoted() throws IOException {
        int began = line;
        StringBuilder text = new StringBuilder();
        take();
        while (true) {
            if (ahead == END) {
                throw FeedFiles.mistake(file, began, "a quote without an end");
            }
            if (ahead == '\n') {
                line++;
            }
            int character = take();
            if (character != '"') {
                text.append((char) character);
            } else if (ahead == '"') {
                text.append((char) take());
            } else {
                // What stands behind the quote belongs to the value, as most readers have it.
                return text.append(plain()).toString();
            }
        }
    }

    private void endLine() throws IOException {
        if (ahead == '\r') {
            take();
        }
        if (ahead == '\n') {
            take();
        }
        line++;
    }

    private int take() throws IOException {
        int character = ahead;
        ahead = in.read();
        return character;
    }
}
