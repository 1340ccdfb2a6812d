package dev.verdict.sql;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads rows as JSON.
public final class Rows {
    private Rows() {}

    /// Returns an object for each row, with the names of the columns: numbers and truths as such,
    /// bytes in hexadecimal digits, and all else as texts.
    ///
    /// @param most how many there may be
    /// @throws SQLException if there are more
    public static ArrayNode read(ResultSet result, int most) throws SQLException {
        ArrayNode table = JsonNodeFactory.instance.arrayNode();
        ResultSetMetaData columns = result.getMetaData();
        while (result.next()) {
            if (table.size() == most) {
                throw new SQLException("more than " + most + " rows");
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
}
