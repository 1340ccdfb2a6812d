package dev.verdict.scenario.steps;

import dev.verdict.environment.Endpoint;
import dev.verdict.redis.RedisClient;
import dev.verdict.redis.RedisConnection;
import dev.verdict.scenario.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Sends a scenario's Redis commands, over one connection to each server, and keeps the last reply.
final class Redis {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final World world;
    private final Observer observer;
    private final Map<Address, RedisConnection> connections = new HashMap<>();
    private @Nullable Command last;
    private @Nullable JsonNode reply;

    Redis(World world, Observer observer) {
        this.world = world;
        this.observer = observer;
    }

    /// @param shown without the values of its variables, which may be secrets
    record Command(String shown, List<String> words, Address address) {
        Command {
            words = List.copyOf(words);
        }
    }

    /// Splits a command at blanks; a part in quotes is one word. Variables are filled in
    /// afterwards, so that a value with blanks stays one word.
    static List<String> words(String command) {
        return WORD.matcher(command).results().map(Redis::word).toList();
    }

    private static String word(MatchResult match) {
        String single = match.group(1);
        String quoted = single != null ? single : match.group(2);
        return quoted != null ? quoted : match.group(3);
    }

    void send(Command command) throws NoAnswer {
        observer.fresh();
        reply = null;
        last = command;
        reply = answer(command);
    }

    Source reply() {
        Command command = last;
        if (command == null) {
            throw new IllegalStateException("no Redis command was sent before this step");
        }
        return new Source() {
            @Override
            public String label() {
                return "reply to " + command.shown() + " at " + command.address();
            }

            @Override
            public List<Content> look() {
                return List.of(reply == null ? new Content.Unreadable("no answer") : Content.of(reply));
            }

            @Override
            public void refresh(Duration atMost) throws NoAnswer {
                reply = null;
                reply = answer(command);
            }
        };
    }

    private JsonNode answer(Command command) throws NoAnswer {
        String subject = command.shown() + " at " + command.address() + ": ";
        try {
            JsonNode answer = connection(command.address()).send(command.words());
            String text = answer.toString();
            observer.seen(
                    "redis",
                    command.address() + " at " + command.address().endpoint(world),
                    command.shown() + " → " + (text.length() > 100 ? text.length() + " characters" : text),
                    text.getBytes(StandardCharsets.UTF_8));
            return answer;
        } catch (IOException e) {
            throw new NoAnswer(subject + e.getMessage(), e);
        } catch (RedisClient.RedisError e) {
            throw new NoAnswer(subject + "Redis answered an error: " + e.getMessage(), e);
        }
    }

    private RedisConnection connection(Address address) {
        return connections.computeIfAbsent(address, _ -> {
            Endpoint endpoint = address.endpoint(world);
            return world.closing(new RedisConnection(endpoint.host(), endpoint.port(), PATIENCE));
        });
    }
}
