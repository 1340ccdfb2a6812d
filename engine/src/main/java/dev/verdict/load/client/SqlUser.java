package dev.verdict.load.client;

import dev.verdict.http.HttpFailure;
import dev.verdict.load.ErrorKind;
import dev.verdict.sql.Rows;
import dev.verdict.sql.SqlConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Executes statements on a database. Of bytes it counts those of the statement and of the rows as
/// JSON, or of the count of changed rows.
final class SqlUser implements Client {
    private static final int MAX_ROWS = 10_000;

    private final SqlConnection connection;

    SqlUser(Protocol.Sql sql, Duration timeout) {
        this.connection = new SqlConnection(sql.url(), sql.directory(), timeout, sql.drivers());
    }

    @Override
    public boolean connect() throws IOException {
        try {
            return connection.connect();
        } catch (SQLException e) {
            throw broken(e);
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(HttpFailure.Kind.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Answered ask(List<String> texts, Watch watch) throws IOException, WrongAnswer {
        String statement = texts.getFirst();
        try {
            String text = connection.execute(
                    statement, rows -> Rows.read(rows, MAX_ROWS).toString(), Integer::toString);
            return new Answered(text, size(text), size(statement));
        } catch (SQLException e) {
            if (isBroken(e)) {
                throw broken(e);
            }
            throw new WrongAnswer(ErrorKind.STATUS, String.valueOf(e.getMessage()));
        }
    }

    /// Databases in this process give no states, and their connections do not break.
    private boolean isBroken(SQLException e) {
        try {
            return !connection.isOpen()
                    || (e.getSQLState() != null && e.getSQLState().startsWith("08"));
        } catch (SQLException f) {
            e.addSuppressed(f);
            return true;
        }
    }

    /// Names what broke on the network, if that is known.
    private static IOException broken(SQLException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException failure) {
                return failure;
            }
        }
        return new IOException(String.valueOf(e.getMessage()), e);
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void close() {
        connection.close();
    }
}
