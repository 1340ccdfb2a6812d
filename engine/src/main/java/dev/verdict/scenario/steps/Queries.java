package dev.verdict.scenario.steps;

import dev.verdict.json.Json;
import dev.verdict.scenario.World;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks databases over JDBC, each time over a new connection, so that every answer is fresh.
final class Queries {
    private static final int MAX_ROWS = 10_000;
    private static final int TIMEOUT_SECONDS = 30;
    private static final String SQLITE = "jdbc:sqlite:";

    private final World world;
    private final Observer observer;
    private @Nullable Query query;
    private @Nullable ArrayNode rows;

    Queries(World world, Observer observer) {
        this.world = world;
        this.observer = observer;
    }

    /// Is a query, as the scenario wrote it and as it is asked.
    ///
    /// @param shownDatabase without the values of its variables, which may be secrets
    record Query(String sql, String database, String shownDatabase) {}

    /// Asks, and keeps the rows.
    void ask(Query asked) throws NoAnswer {
        observer.fresh();
        rows = null;
        query = asked;
        rows = answer(asked);
    }

    /// Executes a statement that changes something.
    void execute(Query statement) throws NoAnswer {
        try (Connection connection = connect(statement.database());
                Statement sql = connection.createStatement()) {
            sql.setQueryTimeout(TIMEOUT_SECONDS);
            sql.execute(statement.sql());
        } catch (SQLException e) {
            throw failed(statement, e);
        }
    }

    Source rows() {
        Query asked = query;
        if (asked == null) {
            throw new IllegalStateException("no query was run before this step");
        }
        return new Source() {
            @Override
            public String label() {
                return "rows of " + asked.sql() + " on " + asked.shownDatabase();
            }

            @Override
            public List<Content> look() {
                return List.of(rows == null ? new Content.Unreadable("no answer") : Content.of(rows));
            }

            @Override
            public void refresh(Duration atMost) throws NoAnswer {
                rows = null;
                rows = answer(asked);
            }
        };
    }

    private ArrayNode answer(Query asked) throws NoAnswer {
        try (Connection connection = connect(asked.database());
                Statement sql = connection.createStatement()) {
            sql.setQueryTimeout(TIMEOUT_SECONDS);
            sql.setMaxRows(MAX_ROWS + 1);
            try (ResultSet result = sql.executeQuery(asked.sql())) {
                ArrayNode table = read(result);
                observer.seen(
                        "sql",
                        asked.shownDatabase(),
                        asked.sql() + " → " + table.size() + " rows",
                        table.toString().getBytes(StandardCharsets.UTF_8));
                return table;
            }
        } catch (SQLException e) {
            throw failed(asked, e);
        }
    }

    private static ArrayNode read(ResultSet result) throws SQLException {
        ArrayNode table = Json.MAPPER.createArrayNode();
        ResultSetMetaData columns = result.getMetaData();
        while (result.next()) {
            if (table.size() == MAX_ROWS) {
                throw new SQLException("more than " + MAX_ROWS + " rows");
            }
            ObjectNode row = table.addObject();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                put(row, columns.getColumnLabel(i), result.getObject(i), result, i);
            }
        }
        return table;
    }

    private static void put(ObjectNode row, String name, @Nullable Object value, ResultSet result, int i)
            throws SQLException {
        switch (value) {
            case null -> row.putNull(name);
            case Boolean bool -> row.put(name, bool);
            case Double number when !Double.isFinite(number) -> row.put(name, number.toString());
            case Number number -> row.put(name, new BigDecimal(number.toString()));
            case byte[] bytes -> row.put(name, HexFormat.of().formatHex(bytes));
            case Object _ -> row.put(name, result.getString(i));
        }
    }

    /// Finds the driver by itself: `DriverManager` does not see those of a suite's class path.
    private Connection connect(String url) throws SQLException {
        String resolved = resolved(url);
        for (Driver driver :
                ServiceLoader.load(Driver.class, Thread.currentThread().getContextClassLoader())) {
            Connection connection = driver.acceptsURL(resolved) ? driver.connect(resolved, new Properties()) : null;
            if (connection != null) {
                return connection;
            }
        }
        throw new IllegalArgumentException("no JDBC driver takes this URL; one as jdbc:sqlite:data/orders.db is taken,"
                + " others need their driver on the suite's class path");
    }

    /// Lets a SQLite file's path start from the plan's folder, and refuses to make a new one.
    private String resolved(String url) {
        if (!url.startsWith(SQLITE) || url.startsWith(SQLITE + ":") || url.startsWith(SQLITE + "file:")) {
            return url;
        }
        String[] parts = url.substring(SQLITE.length()).split("\\?", 2);
        Path file = world.system().directory().resolve(parts[0]).normalize();
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no database " + parts[0]);
        }
        return SQLITE + file + (parts.length > 1 ? "?" + parts[1] : "");
    }

    private static NoAnswer failed(Query query, SQLException e) {
        return new NoAnswer(query.sql() + " on " + query.shownDatabase() + ": " + e.getMessage(), e);
    }
}
