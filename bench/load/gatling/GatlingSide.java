import static io.gatling.javaapi.core.CoreDsl.forever;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Simulation;

/// Lets 64 users ask the URL in the property `url` as fast as they can for `seconds`.
public class GatlingSide extends Simulation {
    {
        setUp(scenario("users")
                        .exec(forever().on(http("get").get(System.getProperty("url")).check(status().is(200))))
                        .injectOpen(atOnceUsers(64)))
                .protocols(http.disableFollowRedirect().disableCaching())
                .maxDuration(Integer.getInteger("seconds"));
    }
}
