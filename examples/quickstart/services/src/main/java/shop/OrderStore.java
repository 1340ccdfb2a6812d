package shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps orders in a SQLite file, over one connection used by one thread at a time.
final class OrderStore implements AutoCloseable {
    private final Connection connection;
    private final boolean commits;

    /// Opens the file, and makes it if there is none.
    ///
    /// @param commits false only for the defect that loses orders
    OrderStore(String file, boolean commits) throws SQLException {
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        this.commits = commits;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA busy_timeout = 2000");
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS orders (
                      id INTEGER PRIMARY KEY, key TEXT UNIQUE, sku TEXT NOT NULL, quantity INTEGER NOT NULL,
                      amount INTEGER NOT NULL, reservation TEXT NOT NULL, status TEXT NOT NULL)
                    """);
        }
        connection.setAutoCommit(false);
    }

    /// Stores a confirmed order; it survives the end of the process from then on.
    synchronized Order add(Optional<String> key, String sku, long quantity, long amount, String reservation)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO orders (key, sku, quantity, amount, reservation, status) VALUES (?, ?, ?, ?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, key.orElse(null));
            insert.setString(2, sku);
            insert.setLong(3, quantity);
            insert.setLong(4, amount);
            insert.setString(5, reservation);
            insert.setString(6, Order.CONFIRMED);
            insert.executeUpdate();
            try (ResultSet ids = insert.getGeneratedKeys()) {
                ids.next();
                Order order = new Order(ids.getLong(1), sku, quantity, amount, reservation, Order.CONFIRMED);
                commit();
                return order;
            }
        }
    }

    /// Cancels a confirmed order; false if there is none.
    synchronized boolean cancel(long id) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE orders SET status = ? WHERE id = ? AND status = ?")) {
            update.setString(1, Order.CANCELLED);
            update.setLong(2, id);
            update.setString(3, Order.CONFIRMED);
            boolean changed = update.executeUpdate() == 1;
            commit();
            return changed;
        }
    }

    synchronized Optional<Order> find(long id) throws SQLException {
        return query("SELECT * FROM orders WHERE id = ?", id).stream().findFirst();
    }

    synchronized Optional<Order> find(String key) throws SQLException {
        return query("SELECT * FROM orders WHERE key = ?", key).stream().findFirst();
    }

    synchronized List<Order> of(String sku) throws SQLException {
        return query("SELECT * FROM orders WHERE sku = ? ORDER BY id", sku);
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }

    private void commit() throws SQLException {
        if (commits) {
            connection.commit();
        }
    }

    private List<Order> query(String sql, Object parameter) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, parameter);
            List<Order> orders = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    orders.add(new Order(
                            rows.getLong("id"),
                            rows.getString("sku"),
                            rows.getLong("quantity"),
                            rows.getLong("amount"),
                            rows.getString("reservation"),
                            rows.getString("status")));
                }
            }
            commit();
            return orders;
        }
    }
}
