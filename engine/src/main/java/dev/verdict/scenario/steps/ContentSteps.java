package dev.verdict.scenario.steps;

import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Then;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Checks contents: the same words whatever they came from.
public final class ContentSteps {
    private final Stage stage;

    public ContentSteps(Stage stage) {
        this.stage = stage;
    }

    @Then("{patience}{content} is/are {value}")
    @Doc(
            family = Family.CHECKS,
            text = "Compares with a \"text\", a number, true, false, null or ${name}; in JSON the type counts, too.",
            example = "Then the body at \"$.state\" is \"paid\"")
    @Doc(
            family = Family.CHECKS,
            text = "Waits until the comparison holds; the last GET, query or command is made again.",
            example = "Then within 10 seconds the body at \"$.state\" is \"paid\"")
    @Doc(
            family = Family.CHECKS,
            text = "Looks again and again for a time; the comparison must hold each time.",
            example = "Then for 5 seconds the body at \"$.stock\" is 3")
    @Doc(
            family = Family.HTTP,
            text = "Compares a header of the last response.",
            example = "Then the header \"Content-Type\" is \"application/json\"")
    @Doc(family = Family.COMMANDS, text = "Compares the last command's exit code.", example = "Then the exit code is 0")
    @Doc(
            family = Family.COMMANDS,
            text = "Compares all that the last command printed, but for the last line's end.",
            example = "Then the output is \"3 orders\"")
    @Doc(
            family = Family.METRICS,
            text = "Compares a metric: the sum of the samples with that name and at least those labels.",
            example = "Then the metric 'orders_total{state=\"paid\"}' of \"orders\" is 3")
    @Doc(
            family = Family.METRICS,
            text = "Reads the metrics from another port or path than /metrics.",
            example = "Then the metric \"jobs_waiting\" of \"queue.admin/internal/metrics\" is 0")
    @Doc(
            family = Family.SERVICES,
            text = "Compares how often a service was started again since the run brought it up.",
            example = "Then the restarts of \"stock\" are 0")
    @Doc(
            family = Family.SQL,
            text = "Compares one cell of the rows.",
            example = "Then the rows at \"$[0].state\" are \"paid\"")
    @Doc(
            family = Family.REDIS,
            text = "Compares the last reply.",
            example = "Then within 5 seconds the reply is \"done\"")
    @Doc(
            family = Family.EVENTS,
            text = "Waits for an event whose data are like this; an event \"paid\" is one of that type.",
            example = "Then within 5 seconds an event \"paid\" at \"$.id\" is \"${id}\"")
    public void is(Patience patience, Phrase content, Value value) throws Exception {
        stage.check(patience, content, Expect.is(stage.json(value)));
    }

    @Then("{patience}{content} is/are not {value}")
    @Doc(
            family = Family.CHECKS,
            text = "Checks that it is there and is something else.",
            example = "Then the body at \"$.id\" is not \"${id}\"")
    public void isNot(Patience patience, Phrase content, Value value) throws Exception {
        stage.checkNot(patience, content, Expect.isNot(stage.json(value)));
    }

    @Then("{patience}{content} is/are {bound}")
    @Doc(
            family = Family.CHECKS,
            text = "Bounds a number: at least, at most, more than, less than.",
            example = "Then the body at \"$.total\" is at least 10")
    @Doc(
            family = Family.METRICS,
            text = "Bounds a metric.",
            example = "Then within 30 seconds the metric \"jobs_waiting\" of \"queue\" is less than 5")
    public void isBound(Patience patience, Phrase content, Amount bound) throws Exception {
        stage.check(patience, content, Expect.number(stage.amount(bound)));
    }

    @Then("{patience}{content} is")
    @Doc(
            family = Family.CHECKS,
            text = "Compares the whole: as JSON if both are, whatever the order of keys, else as text.",
            example = """
                    Then the body is
                      \"""
                      { "id": "${id}", "state": "paid" }
                      \"""
                    """)
    public void isText(Patience patience, Phrase content, String text) throws Exception {
        stage.check(patience, content, Expect.isText(stage.text(text)));
    }

    @Then("{patience}{content} contain(s) {value}")
    @Doc(
            family = Family.CHECKS,
            text = "Looks for a part: of a text, or an element of a JSON list.",
            example = "Then the body at \"$.tags\" contains \"new\"")
    @Doc(
            family = Family.FILES,
            text = "Looks for a text in a file.",
            example = "Then within 10 seconds the file \"out/report.txt\" contains \"3 orders\"")
    @Doc(
            family = Family.LOGS,
            text = "Looks for a text in what the service printed since the scenario began.",
            example = "Then within 5 seconds the log of \"orders\" contains \"order ${id} stored\"")
    @Doc(
            family = Family.WEBSOCKET,
            text = "Waits for a message with this text in it; without a time, up to 10 seconds.",
            example = "Then within 5 seconds a message on \"ann\" contains \"hello\"")
    public void contains(Patience patience, Phrase content, Value value) throws Exception {
        stage.check(patience, content, Expect.contains(stage.json(value)));
    }

    @Then("{patience}{content} contain(s)")
    @Doc(
            family = Family.CHECKS,
            text = "Looks for a longer text, or for JSON: objects may have further keys, lists further elements.",
            example = """
                    Then the body contains
                      \"""
                      { "items": [ { "name": "book" } ] }
                      \"""
                    """)
    public void containsText(Patience patience, Phrase content, String text) throws Exception {
        stage.check(patience, content, Expect.containsText(stage.text(text)));
    }

    @Then("{patience}{content} do(es) not contain {value}")
    @Doc(
            family = Family.CHECKS,
            text = "Checks that it is there, without this part; the events and the messages are all that came so far.",
            example = "Then the output does not contain \"warning\"")
    @Doc(
            family = Family.LOGS,
            text = "Checks that the service did not print this since the scenario began.",
            example = "Then for 2 seconds the log of \"orders\" does not contain \"ERROR\"")
    public void containsNot(Patience patience, Phrase content, Value value) throws Exception {
        stage.checkNot(patience, content, Expect.containsNot(stage.json(value)));
    }

    @Then("{patience}{content} match(es) {string}")
    @Doc(
            family = Family.CHECKS,
            text = "Looks for a match of a regular expression; ^ and $ are a line's ends.",
            example = "Then the body at \"$.id\" matches \"^o-[0-9]+$\"")
    @Doc(
            family = Family.LOGS,
            text = "Looks for a match in what the service printed since the scenario began.",
            example = "Then the log of \"orders\" matches \"took [0-9]+ ms\"")
    public void matches(Patience patience, Phrase content, String regex) throws Exception {
        stage.check(patience, content, Expect.matches(stage.text(regex)));
    }

    @Then("{patience}{content} do(es) not match {string}")
    @Doc(
            family = Family.CHECKS,
            text = "Checks that it is there, without a match of a regular expression.",
            example = "Then the error output does not match \"(?i)password\"")
    public void matchesNot(Patience patience, Phrase content, String regex) throws Exception {
        stage.checkNot(patience, content, Expect.matchesNot(stage.text(regex)));
    }

    @Then("{patience}{content} exist(s)")
    @Doc(
            family = Family.CHECKS,
            text = "Checks that it is there, whatever it is.",
            example = "Then the body at \"$.id\" exists")
    @Doc(
            family = Family.FILES,
            text = "Waits for a file.",
            example = "Then within 30 seconds the file \"out/report.txt\" exists")
    public void exists(Patience patience, Phrase content) throws Exception {
        stage.check(patience, content, Expect.exists(content.alwaysThere()));
    }

    @Then("{patience}{content} is/are absent")
    @Doc(
            family = Family.CHECKS,
            text = "Checks that it is not there: a path in JSON, a header, a file, a folder, a metric.",
            example = "Then the body at \"$.password\" is absent")
    @Doc(
            family = Family.FILES,
            text = "Checks that there is no such file.",
            example = "Then the file \"out/report.part\" is absent")
    public void isAbsent(Patience patience, Phrase content) throws Exception {
        stage.checkNot(patience, content, Expect.absent());
    }

    @Then("{patience}{content} is/are empty")
    @Doc(
            family = Family.CHECKS,
            text = "Checks that it is there, with nothing in it.",
            example = "Then the error output is empty")
    public void isEmpty(Patience patience, Phrase content) throws Exception {
        stage.check(patience, content, Expect.empty());
    }

    @Then("{patience}{content} has/have {amount} element(s)")
    @Doc(
            family = Family.CHECKS,
            text = "Counts the elements of a JSON list, or an object's keys.",
            example = "Then the body at \"$.items\" has at least 2 elements")
    public void hasElements(Patience patience, Phrase content, Amount amount) throws Exception {
        stage.check(patience, content, Expect.count(stage.amount(amount), "elements"));
    }

    @Then("{patience}{content} has/have {amount} line(s)")
    @Doc(family = Family.CHECKS, text = "Counts lines.", example = "Then the output has 3 lines")
    public void hasLines(Patience patience, Phrase content, Amount amount) throws Exception {
        stage.check(patience, content, Expect.count(stage.amount(amount), "lines"));
    }

    @Then("{patience}{content} has/have {amount} character(s)")
    @Doc(
            family = Family.CHECKS,
            text = "Counts characters.",
            example = "Then the body at \"$.token\" has 32 characters")
    public void hasCharacters(Patience patience, Phrase content, Amount amount) throws Exception {
        stage.check(patience, content, Expect.count(stage.amount(amount), "characters"));
    }

    @Then("{patience}{content} has/have {amount} byte(s)")
    @Doc(
            family = Family.CHECKS,
            text = "Counts bytes, of a file as of a body.",
            example = "Then the file \"data/model.bin\" has 5242880 bytes")
    public void hasBytes(Patience patience, Phrase content, Amount amount) throws Exception {
        stage.check(patience, content, Expect.count(stage.amount(amount), "bytes"));
    }

    @Then("{patience}{content} has")
    @Doc(
            family = Family.CHECKS,
            text = "Compares several values at once, each found by its JSON path; a cell is JSON, else text.",
            example = """
                    Then the body has
                      | $.state         | paid |
                      | $.items[0].name | book |
                      | $.total         | 12.5 |
                    """)
    public void has(Patience patience, Phrase content, DataTable table) throws Exception {
        stage.check(patience, content, Paths.of(table, stage::text).expectation());
    }

    @Then("{patience}{content} fits the schema {string}")
    @Doc(
            family = Family.CHECKS,
            text = "Validates JSON against a JSON Schema in a file; draft 2020-12 unless its $schema says otherwise.",
            example = "Then the body fits the schema \"schemas/order.json\"")
    public void fitsSchema(Patience patience, Phrase content, String file) throws Exception {
        stage.check(patience, content, Schemas.file(stage.path(file), stage.text(file)));
    }

    @Then("{patience}{content} has/have the SHA-256 {string}")
    @Doc(
            family = Family.CHECKS,
            text = "Compares the SHA-256 of its bytes; of a file of any size.",
            example = "Then the file \"data/model.bin\" has the SHA-256 \"${digest}\"")
    public void hasSha256(Patience patience, Phrase content, String digest) throws Exception {
        stage.check(patience, content, Expect.sha256(stage.text(digest)));
    }

    @Then("{patience}{content} has/have the bytes of the file {string}")
    @Doc(
            family = Family.CHECKS,
            text = "Compares all bytes with those of a file.",
            example = "Then the body has the bytes of the file \"expected/report.pdf\"")
    public void hasBytesOf(Patience patience, Phrase content, String file) throws Exception {
        stage.check(patience, content, Expect.sha256(digest(stage.path(file))));
    }

    @Then("{patience}{content} has/have increased by {amount}")
    @Doc(
            family = Family.CHECKS,
            text = "Compares a number with what it was when it was noted.",
            example = "Then the restarts of \"stock\" have increased by 1")
    @Doc(
            family = Family.METRICS,
            text = "Compares a metric with what it was when it was noted.",
            example = "Then within 5 seconds the metric \"orders_total\" of \"orders\" has increased by at least 1")
    public void hasIncreased(Patience patience, Phrase content, Amount amount) throws Exception {
        stage.check(patience, content, stage.increase(content, stage.amount(amount)));
    }

    private static String digest(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        return new Content.Large(file, Files.size(file)).sha256();
    }
}
