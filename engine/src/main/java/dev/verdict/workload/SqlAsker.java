package dev.verdict.workload;

import dev.verdict.plan.Workload.Sql;
import dev.verdict.sql.SqlConnection;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/// Executes statements on a database, each a transaction of its own, over a connection of the
/// client's own.
final class SqlAsker implements Asker<Sql> {
    private static final int MAX_ROWS = 1_000_000;

    private final SqlConnection connection;

    /// @param url of JDBC; the file of SQLite's may be relative
    /// @param directory where a relative one starts: the plan's folder
    /// @param drivers where they are found
    SqlAsker(String url, Path directory, Duration timeout, ClassLoader drivers) {
        this.connection = new SqlConnection(url, directory, timeout, drivers);
    }

    @Override
    public Reply ask(Sql sql, Function<String, String> inputs) throws Unanswered, InterruptedException {
        String statement = new Script(sql.statement()).with(inputs);
        try {
            connection.connect();
        } catch (SQLException e) {
            throw broken(e, false);
        }
        try {
            return connection.execute(statement, SqlAsker::rows, SqlAsker::changed);
        } catch (SQLException e) {
            if (e.getSQLState() == null || e.getSQLState().startsWith("08")) {
                throw broken(e, true);
            }
            return new Reply(e.getSQLState(), false, false, NullNode.getInstance());
        }
    }

    private static Reply changed(int count) {
        return new Reply(Integer.toString(count), true, false, NullNode.getInstance());
    }

    private static Reply rows(ResultSet rows) throws SQLException {
        ArrayNode first = JsonNodeFactory.instance.arrayNode();
        while (rows.next()) {
            if (first.size() == MAX_ROWS) {
                throw new SQLException("more than " + MAX_ROWS + " rows");
            }
            first.add(rows.getString(1));
        }
        return new Reply("rows", true, first.isEmpty(), first);
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
        connection.close();
    }
}
