package dev.verdict.sql;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.ServiceLoader;

/// Finds JDBC drivers by itself: `DriverManager` does not see those of a suite's class path.
public final class Drivers {
    private Drivers() {}

    /// Connects to a database.
    ///
    /// @param drivers where they are found
    /// @throws IllegalArgumentException if no driver takes the URL; the message does not hold it,
    ///     as it may hold a password
    public static Connection connect(String url, ClassLoader drivers) throws SQLException {
        for (Driver driver : ServiceLoader.load(Driver.class, drivers)) {
            Connection connection = driver.acceptsURL(url) ? driver.connect(url, new Properties()) : null;
            if (connection != null) {
                return connection;
            }
        }
        throw new IllegalArgumentException("no JDBC driver takes this URL; one as jdbc:sqlite:data/orders.db is taken,"
                + " others need their driver on the suite's class path");
    }
}
