package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanSchemaTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(PlanSchema.json(), InputFormat.JSON);

    @TempDir
    Path folder;

    /// Returns what the schema has against a plan.
    static List<String> errors(String yaml) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        JsonNode json = MAPPER.valueToTree(document);
        return SCHEMA.validate(json).stream().map(Object::toString).toList();
    }

    @Test
    void every_plan_of_the_repository_fits() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        List<Path> plans = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return Set.of("target", ".git", "node_modules", ".verdict")
                                .contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().equals("verdict.yaml")) {
                    plans.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });

        assertThat(plans).isNotEmpty();
        for (Path plan : plans) {
            assertThat(errors(Files.readString(plan))).as("%s", plan).isEmpty();
        }
    }

    @Test
    void the_template_fits() {
        assertThat(errors(PlanTemplate.yaml("my: \"shop\" costs $5"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            workers: 2            | workrs: 2
            workers: 2            | workers: many
            workers: 2            | workers: 0
            workers: 2            | workers: [2]
            features: features/   | features: { a: b }
            features: features/   | features: []
            features: features/   | tags: x
            plan: "hello"         | seed: 5
            plan: "hello"         | plan: [hello]
            within: 20s           | within: 20
            within: 20s           | within: 20 seconds
            within: 20s           | port: http, within: 20s, log: x
            signal: TERM          | signal: SIGTERM
            signal: TERM          | signl: TERM
            { http: {} }          | { http: 8080 }
            { http: {} }          | { http: { fixed: 70000 } }
            { http: {} }          | { "a b": {} }
            directory: site       | directory: [site]
            greeting: Hello       | greeting: {}
            vars:                 | varz:
            phases:               | stages:
            """)
    void a_mistake_is_refused_by_the_schema_as_by_the_reader(String part, String mistake) throws IOException {
        Map<String, String> files = PlanTemplate.files("hello");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        String valid = PlanTemplate.yaml("hello");
        String mutated = valid.replace(part, mistake);
        Path file = Files.writeString(folder.resolve("verdict.yaml"), mutated);
        PlanReader.Options options = new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of());

        assertThat(mutated).isNotEqualTo(valid);
        assertThat(errors(mutated)).isNotEmpty();
        assertThatThrownBy(() -> PlanReader.read(file, options)).isInstanceOf(PlanException.class);
    }

    @Test
    void a_variable_may_stand_anywhere() {
        String yaml = """
                plan: "${NAME}"
                seed: "${SEED}"
                system:
                  services:
                    a:
                      command: [x]
                      ports: { http: { fixed: "${PORT}" } }
                      ready: { http: "${HEALTH}", status: $STATUS, within: "${TIME:-5s}" }
                      limits: { memory: "${MEMORY}" }
                phases: [{ name: a, suites: [{ name: b, features: "${F}", workers: "${W}" }] }]
                """;
        assertThat(errors(yaml)).isEmpty();
    }

    @Test
    void it_is_draft_07_and_describes_every_key() {
        JsonNode schema = MAPPER.readTree(PlanSchema.json());

        assertThat(schema.path("$schema").asString()).isEqualTo("http://json-schema.org/draft-07/schema#");
        assertThat(schema.path("properties").path("plan").path("description").asString())
                .isNotEmpty();
    }
}
