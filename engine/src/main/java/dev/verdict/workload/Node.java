package dev.verdict.workload;

import dev.verdict.plan.Workload;
import dev.verdict.plan.Workload.Action;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Is where one client asks, over connections of its own: one for each protocol.
final class Node implements AutoCloseable {
    /// Is what all clients share.
    ///
    /// @param directory the plan's folder
    /// @param marks variables by which the audit knows a program of the run
    /// @param drivers where JDBC drivers are found
    record Surroundings(Path directory, Map<String, String> marks, ClassLoader drivers, Duration timeout) {
        Surroundings {
            marks = Map.copyOf(marks);
        }
    }

    private final String address;
    private final Surroundings surroundings;
    private @Nullable HttpAsker http;
    private @Nullable RedisAsker redis;
    private @Nullable SqlAsker sql;

    /// @param address a URL, `HOST:PORT` or a JDBC URL; empty if every operation says where
    Node(String address, Surroundings surroundings) {
        this.address = address;
        this.surroundings = surroundings;
    }

    String address() {
        return address;
    }

    Reply ask(Action action, Function<String, String> inputs) throws Unanswered, InterruptedException {
        return switch (action) {
            case Workload.Http request -> http().ask(request, inputs);
            case Workload.Redis command -> redis().ask(command, inputs);
            case Workload.Sql statement -> sql().ask(statement, inputs);
            case Workload.Command program ->
                new CommandAsker(surroundings.directory(), surroundings.marks(), surroundings.timeout())
                        .ask(program, inputs);
        };
    }

    private HttpAsker http() {
        HttpAsker asker = http == null ? new HttpAsker(address, surroundings.timeout()) : http;
        http = asker;
        return asker;
    }

    private RedisAsker redis() {
        RedisAsker asker = redis == null ? new RedisAsker(address, surroundings.timeout()) : redis;
        redis = asker;
        return asker;
    }

    private SqlAsker sql() {
        SqlAsker asker = sql == null
                ? new SqlAsker(address, surroundings.directory(), surroundings.timeout(), surroundings.drivers())
                : sql;
        sql = asker;
        return asker;
    }

    /// Gives up all connections: the next question begins anew.
    @Override
    public void close() {
        HttpAsker ofHttp = http;
        if (ofHttp != null) {
            ofHttp.close();
        }
        RedisAsker ofRedis = redis;
        if (ofRedis != null) {
            ofRedis.close();
        }
        SqlAsker ofSql = sql;
        if (ofSql != null) {
            ofSql.close();
        }
    }
}
