/// Speaks SQL over JDBC: finds drivers, keeps a connection, and reads rows.
@NullMarked
package dev.verdict.sql;

import org.jspecify.annotations.NullMarked;
