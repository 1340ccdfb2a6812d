package dev.verdict.workload;

import dev.verdict.plan.Workload.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/// Executes statements on a database, each a transaction of its own, over a connection of the
/// client's own.
final class SqlAsker implements Asker<Sql> {
    private static final int MAX_ROWS = 1_000_000;
    private static final String SQLITE = "jdbc:sqlite:";

    private final String url;
    private final Duration timeout;
    private final ClassLoader drivers;
    private @Nullable Connection connection;

    /// @param url of JDBC; the file of SQLite's may be relative
    /// @param directory where a relative one starts: the plan's folder
    /// @param drivers where they are found
    SqlAsker(String url, Path directory, Duration timeout, ClassLoader drivers) {
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

    @Override
    public Reply ask(Sql sql, Function<String, String> inputs) throws Unanswered, InterruptedException {
        String statement = new Script(sql.statement()).with(inputs);
        Connection connected;
        try {
            connected = connected();
        } catch (SQLException e) {
            throw broken(e, false);
        }
        try (Statement prepared = connected.createStatement()) {
            prepared.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
            if (!prepared.execute(statement)) {
                String changed = Integer.toString(prepared.getUpdateCount());
                return new Reply(changed, true, false, NullNode.getInstance());
            }
            try (ResultSet rows = prepared.getResultSet()) {
                ArrayNode first = firstColumn(rows);
                return new Reply("rows", true, first.isEmpty(), first);
            }
        } catch (SQLException e) {
            if (e.getSQLState() == null || e.getSQLState().startsWith("08")) {
                throw broken(e, true);
            }
            return new Reply(e.getSQLState(), false, false, NullNode.getInstance());
        }
    }

    private static ArrayNode firstColumn(ResultSet rows) throws SQLException {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        while (rows.next()) {
            if (list.size() == MAX_ROWS) {
                throw new SQLException("more than " + MAX_ROWS + " rows");
            }
            list.add(rows.getString(1));
        }
        return list;
    }

    private Connection connected() throws SQLException {
        Connection connected = connection;
        if (connected == null) {
            connected = connect();
            connection = connected;
        }
        return connected;
    }

    private Connection connect() throws SQLException {
        for (Driver driver : ServiceLoader.load(Driver.class, drivers)) {
            Connection made = driver.acceptsURL(url) ? driver.connect(url, new Properties()) : null;
            if (made != null) {
                limit(made);
                return made;
            }
        }
        throw new IllegalArgumentException(
                "no JDBC driver takes the URL of the workload; one as jdbc:sqlite:… is taken,"
                        + " others need their driver on the suite's class path");
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

    private Unanswered broken(SQLException e, boolean sent) throws InterruptedException {
        close();
        if (Thread.interrupted()) {
            throw (InterruptedException) new InterruptedException("waiting for a database").initCause(e);
        }
        String state = e.getSQLState() == null ? "" : " (" + e.getSQLState() + ")";
        return new Unanswered((sent ? "statement broken" : "no connection") + state, sent, e);
    }

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
