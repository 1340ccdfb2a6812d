package dev.verdict.scenario.steps;

import dev.verdict.scenario.World;
import dev.verdict.sql.Drivers;
import dev.verdict.sql.Rows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

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
                ArrayNode table = Rows.read(result, MAX_ROWS);
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

    private Connection connect(String url) throws SQLException {
        return Drivers.connect(resolved(url), Thread.currentThread().getContextClassLoader());
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
