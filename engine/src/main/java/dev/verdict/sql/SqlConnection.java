package dev.verdict.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Keeps a connection to a database: made when it is needed, and anew after it was closed. Each
/// statement is a transaction of its own.
public final class SqlConnection implements AutoCloseable {
    private static final String SQLITE = "jdbc:sqlite:";

    private final String url;
    private final Duration timeout;
    private final ClassLoader drivers;
    private @Nullable Connection connection;

    /// Makes something of rows.
    @FunctionalInterface
    public interface Reader<T> {
        /// Reads all that is needed; the rows are closed afterwards.
        T read(ResultSet rows) throws SQLException;
    }

    /// Does not connect yet.
    ///
    /// @param url of JDBC; the file of SQLite's may be relative
    /// @param directory where a relative one starts: the plan's folder
    /// @param timeout for each statement, in seconds rounded down, but at least one
    /// @param drivers where they are found
    public SqlConnection(String url, Path directory, Duration timeout, ClassLoader drivers) {
        this.url = placed(url, directory);
        this.timeout = timeout;
        this.drivers = drivers;
    }

    /// SQLite itself would start from the folder that Verdict was called in.
    private static String placed(String url, Path directory) {
        String file = url.startsWith(SQLITE) ? url.substring(SQLITE.length()) : "";
        if (file.isEmpty() || file.startsWith(":") || file.startsWith("file:") || file.startsWith("?")) {
            return url;
        }
        int end = file.indexOf('?') < 0 ? file.length() : file.indexOf('?');
        return SQLITE + directory.resolve(file.substring(0, end)).normalize() + file.substring(end);
    }

    /// Connects unless it is; tells whether it did.
    ///
    /// @throws IllegalArgumentException if no driver takes the URL
    public boolean connect() throws SQLException {
        boolean made = connection == null;
        connected();
        return made;
    }

    /// Executes a statement and returns what was made of its answer.
    ///
    /// @param rows reads the rows, if it has any
    /// @param changed takes how many rows it changed, if not
    public <T> T execute(String statement, Reader<T> rows, IntFunction<T> changed) throws SQLException {
        try (Statement prepared = connected().createStatement()) {
            prepared.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
            if (!prepared.execute(statement)) {
                return changed.apply(prepared.getUpdateCount());
            }
            try (ResultSet result = prepared.getResultSet()) {
                return rows.read(result);
            }
        }
    }

    /// Tells whether there is a connection that can still be used.
    public boolean isOpen() throws SQLException {
        return connection != null && !connection.isClosed();
    }

    private Connection connected() throws SQLException {
        Connection connected = connection;
        if (connected == null) {
            connected = Drivers.connect(url, drivers);
            limit(connected);
            connection = connected;
        }
        return connected;
    }

    /// Bounds the wait for a database that is gone, beside that for a slow statement.
    private void limit(Connection made) throws SQLException {
        try {
            made.setNetworkTimeout(Runnable::run, (int) Math.max(1_000, 2 * timeout.toMillis()));
        } catch (SQLFeatureNotSupportedException | AbstractMethodError e) {
            // A database in this process has no network.
            return;
        }
    }

    /// Ends the connection, if there is one.
    @Override
    public void close() {
        Connection connected = connection;
        connection = null;
        if (connected != null) {
            try {
                connected.close();
            } catch (SQLException e) {
                // It is given up because it is broken: there is nothing left to close.
                return;
            }
        }
    }
}
