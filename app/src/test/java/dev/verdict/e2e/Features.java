package dev.verdict.e2e;

/// Features for the plan of [PlanFolder].
final class Features {
    static final String PASSING = """
            Feature: the site
              Scenario: its page is served
                When GET "/index.html" is sent to "files"
                Then the status is 200
                And the body contains "hello"

              Scenario: what is not there is not found
                When GET "/nothing" is sent to "files"
                Then the status is 404
            """;

    private Features() {}
}
