package dev.verdict.scenario.steps;

import io.cucumber.java.en.When;

/// Sends Redis commands; the reply is a content.
public final class RedisSteps {
    private final Stage stage;

    public RedisSteps(Stage stage) {
        this.stage = stage;
    }

    @When("the Redis command {string} is sent to {string}")
    @Doc(
            family = Family.REDIS,
            text = "Sends a command as redis-cli would; its reply is a string, a number, null or a list.",
            example = "When the Redis command \"LRANGE jobs 0 -1\" is sent to \"redis\"")
    public void send(String command, String service) throws Exception {
        stage.redis()
                .send(new Redis.Command(
                        command,
                        Redis.words(command).stream().map(stage::text).toList(),
                        Address.parse(stage.world(), stage.text(service))));
    }
}
