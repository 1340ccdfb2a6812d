package dev.verdict.plan;

import java.util.LinkedHashMap;
import java.util.Map;

/// Writes what `verdict init` begins with: a plan that runs as it is, with nothing but a JDK.
public final class PlanTemplate {
    private static final String YAML = """
            # yaml-language-server: $schema=verdict.schema.json
            # What is tested and how. Run it: verdict run. Every key: docs/plan.md.

            plan: {name}              # what the run is called in reports

            vars:                         # used as ${greeting}; --var greeting=Hi wins
              greeting: Hello

            system:
              services:
                hello:                    # a web server of the JDK that shows the folder site/
                  command:
                    - "${verdict.java}"   # the java that runs Verdict
                    - -m
                    - jdk.httpserver
                    - -b
                    - 127.0.0.1
                    - -p
                    - "${hello.http.port}"
                  directory: site
                  ports: { http: {} }     # a free port, a new one for each run; {fixed: 8080} for this one
                  ready: { http: /, within: 20s }
                  stop: { signal: TERM, within: 5s }

                # shop:                   # a second service, which starts once the first is ready
                #   command: [java, -jar, shop.jar]
                #   needs: [hello]
                #   ports: { http: { env: PORT } }               # handed to the service as PORT
                #   env: { HELLO_URL: "${hello.http.url}" }
                #   ready: { http: /health }

            phases:                       # in order; one that does not pass blocks those behind it
              - name: acceptance
                suites:
                  - name: hello
                    features: features/
                    workers: 2            # scenarios side by side
                    # tags: "not @slow"
            """;

    private static final String FEATURE = """
            Feature: Hello

              Scenario: The page greets
                When GET "/" is sent to "hello"
                Then the status is 200
                And the header "Content-Type" is "text/html"
                And the body contains "${greeting}"

              Scenario: What is not there is not found
                When GET "/nowhere.html" is sent to "hello"
                Then the status is 404
            """;

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
              <title>Hello</title>
              <h1>Hello</h1>
            </html>
            """;

    private PlanTemplate() {}

    /// Returns a commented plan.
    ///
    /// @param name what the plan is called
    public static String yaml(String name) {
        return YAML.replace("{name}", Canonical.quoted(name.replace("$", "$$")));
    }

    /// Returns the content of every file that the plan needs, and the plan, by relative path.
    public static Map<String, String> files(String name) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("verdict.yaml", yaml(name));
        files.put("features/hello.feature", FEATURE);
        files.put("site/index.html", PAGE);
        files.put("verdict.schema.json", PlanSchema.json());
        return Ordered.copy(files);
    }
}
