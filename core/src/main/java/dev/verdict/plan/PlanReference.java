package dev.verdict.plan;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes the reference of the plan file, `docs/plan.md`, out of the definitions that the reader
/// itself uses.
public final class PlanReference {
    private static final String START = """
            # The plan file

            *Generated from the definitions that the reader uses; to write it anew:*
            `./mvnw -q -pl core test -Dtest=PlanReferenceTest -Dverdict.write=true`

            One file, `verdict.yaml`, says what is under test and how it is tested. `verdict init` writes one that
            runs, `verdict validate` prints it with everything filled in and says where each value came from, and
            `verdict schema` prints a JSON Schema (draft-07) for editors:
            `# yaml-language-server: $schema=verdict.schema.json`.

            Paths are relative to the folder that holds the plan. A plan is checked wholly before anything starts, and all
            its mistakes are reported at once, each with file, line and column.

            ## An example

            ```yaml
            {plan}```

            """;

    private static final String FILLING_IN = """
            ## Filling in

            Every value may hold variables, written as in Compose files. They are replaced before the value is
            read, so `workers: ${WORKERS:-4}` is a number.

            | written | stands for |
            |---|---|
            | `${V}` or `$V` | the value; an unset variable is a mistake |
            | `${V:-default}` | the default if `V` is unset or empty; `${V-default}` only if unset |
            | `${V:?message}` | the value; unset or empty is a mistake with this message; `${V?message}` only if unset |
            | `${V:+instead}` | the other text if `V` is set and not empty; `${V+instead}` if it is set |
            | `$$` | a dollar sign |

            A default, message or other text may hold variables again. A name is looked up in this order: `--var`, the cell
            of the matrix, `vars`, the environment. `--var` takes only names that the plan declares under `vars` or `matrix`.

            In `command`, `directory`, `env` and `writes` a text may also refer to what only the run knows:

            | written | stands for |
            |---|---|
            | `${SERVICE.PORT.url}` | `http://HOST:PORT`; also `.host`, `.port` and `.address` (`HOST:PORT`). Another service's address leads over the gateway, a service's own is where it listens |
            | `${verdict.java}` | the java that runs Verdict |
            | `${run.directory}` `${run.id}` `${run.seed}` | the run's own folder, id and seed |
            | `${artifact.NAME.path}` | the file of an artifact; also `.sha256` and `.size` (bytes) |
            | `${NAME}`, listed under `secrets` | the secret, which never enters journal, log or report |

            ```yaml
            plan: notes
            secrets: [NOTES_TOKEN]
            matrix:
              store: [memory, file]
            vars:
              size: 5MB
              data: "build/${store}"
            system:
              services:
                notes:
                  command: [java, -jar, notes.jar, --size, "${size}", --store, "${store}"]
                  ports: { http: { env: PORT } }
                  env: { TOKEN: "${NOTES_TOKEN}", DATA: "${data}", PRICE: 5 $$ }
                  ready: { log: "listening on [0-9]+", within: 1min }
                  limits: { openFiles: 256, memory: 4GiB }
                  writes: ["${data}"]
                search:
                  command: [java, -jar, search.jar]
                  needs: [notes]
                  ports: { http: { env: PORT }, admin: {} }
                  env: { NOTES_URL: "${notes.http.url}" }
                  ready: { http: /health, port: admin }
            phases:
              - name: smoke
                suites:
                  - { name: notes, features: features/, tags: "@smoke", timeout: 30s }
              - name: all
                suites:
                  - { name: the rest, features: features/, tags: not @smoke, workers: 4 }
            ```

            This plan runs twice, once for each `store`; `--var store=file` picks one.

            ## Units and bounds

            A duration is a number with `ms`, `s`, `min` or `h`; a size a number with `B`, `kB`, `MB`, `GB`, `TB` (powers of
            1000) or `KiB`, `MiB`, `GiB`, `TiB` (powers of 1024). There is no space before the unit.

            A plan has at most 1 MiB, {values} values (what aliases repeat counts again), {levels} levels, {characters} characters in
            a text, and {cells} cells in the matrix. YAML tags, merge keys (`<<`) and several documents are not read.
            """;

    private PlanReference() {}

    /// Returns the reference in Markdown.
    public static String markdown() {
        StringBuilder text = new StringBuilder(START.replace("{plan}", PlanTemplate.yaml("hello")));
        text.append("## Keys\n");
        Set<Shape<?>> shapes = new LinkedHashSet<>();
        collect(PlanKeys.ROOT, shapes);
        shapes.forEach(shape -> section(shape, text));
        text.append("\n## Measurements\n\nWhat a target's `of` may name; [targets.md](targets.md) says more.\n\n")
                .append(TargetKeys.measures());
        text.append('\n')
                .append(FILLING_IN
                        .replace("{values}", String.valueOf(Yaml.MAX_NODES))
                        .replace("{levels}", String.valueOf(Yaml.MAX_DEPTH))
                        .replace("{characters}", String.valueOf(Yaml.MAX_TEXT))
                        .replace("{cells}", String.valueOf(Matrix.MAX_CELLS)));
        return text.toString();
    }

    private static void collect(Shape<?> shape, Set<Shape<?>> shapes) {
        shapes.add(shape);
        shape.keys().forEach(key -> key.kind().shape().ifPresent(inner -> collect(inner, shapes)));
    }

    private static void section(Shape<?> shape, StringBuilder text) {
        text.append("\n### ").append(shape.name()).append("\n\n").append(shape.doc());
        text.append(" As `").append(shape.example()).append("`.\n\n| key | what | is | default |\n|---|---|---|---|\n");
        text.append(shape.keys().stream().map(PlanReference::row).collect(Collectors.joining()));
    }

    private static String row(Key<?> key) {
        String beside = key.needs().isEmpty() ? "" : " Only beside `" + key.needs() + "`.";
        String standard = switch (key.presence()) {
            case Key.Presence.Required() -> "required";
            case Key.Presence.Optional() -> "";
            case Key.Presence.Standard(String text) when text.isEmpty() -> "";
            case Key.Presence.Standard(String text) -> "`" + text + "`";
        };
        String words = key.kind().shape().isPresent() && key.kind() instanceof Shape<?> shape
                ? "[" + shape.name() + "](#" + shape.name() + ")"
                : code(key.kind().words());
        return "| `" + key.name() + "` | " + key.doc() + beside + " | " + words + " | " + standard + " |\n";
    }

    /// Sets the example that ends the words as code.
    private static String code(String words) {
        int start = words.indexOf(", as ");
        return start < 0 ? words : words.substring(0, start + 5) + "`" + words.substring(start + 5) + "`";
    }
}
