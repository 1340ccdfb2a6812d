package dev.verdict.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes small plans whose services are the JDK's own file server.
record PlanFolder(Path root) {
    /// A plan with one service `files` that serves the plan's folder `site`.
    static final String ONE_SERVICE = """
            plan: small
            system:
              services:
                files:
                  command: ["${verdict.java}", -XX:TieredStopAtLevel=1, -XX:+UseSerialGC, -m, jdk.httpserver, \
            -b, 127.0.0.1, -p, "${files.http.port}", -d, "DIRECTORY"]
                  ports: { http: { env: PORT } }
                  ready: { http: /index.html, within: 20s }
            phases:
              - name: all
                suites:
                  - name: site
                    features: features/
            """;

    static PlanFolder create(Path root) {
        PlanFolder folder = new PlanFolder(root);
        folder.write("site/index.html", "<h1>hello</h1>\n");
        return folder;
    }

    PlanFolder plan(String text) {
        return write(
                "verdict.yaml", text.replace("DIRECTORY", root.resolve("site").toString()));
    }

    PlanFolder write(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
