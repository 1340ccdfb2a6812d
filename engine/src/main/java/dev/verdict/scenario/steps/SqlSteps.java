package dev.verdict.scenario.steps;

import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/// Asks databases; the rows are a content.
public final class SqlSteps {
    private final Stage stage;

    public SqlSteps(Stage stage) {
        this.stage = stage;
    }

    @Given("the statement {string} is run on {string}")
    @Doc(
            family = Family.SQL,
            text = "Executes a statement that changes something on a database, named by its JDBC URL.",
            example = "Given the statement \"DELETE FROM orders\" is run on \"jdbc:sqlite:data/orders.db\"")
    public void execute(String sql, String database) throws Exception {
        stage.queries().execute(query(sql, database));
    }

    @Given("the statement is run on {string}")
    @Doc(family = Family.SQL, text = "Executes a longer statement.", example = """
                    Given the statement is run on "jdbc:sqlite:data/orders.db"
                      \"""
                      INSERT INTO orders (id, state)
                      VALUES ('${id}', 'new')
                      \"""
                    """)
    public void executeText(String database, String sql) throws Exception {
        execute(sql, database);
    }

    @When("the query {string} is run on {string}")
    @Doc(
            family = Family.SQL,
            text = "Asks a database; the rows are a list of objects: the rows at \"$[0].state\" is a cell.",
            example = "When the query \"SELECT id, state FROM orders\" is run on \"jdbc:sqlite:data/orders.db\"")
    public void ask(String sql, String database) throws Exception {
        stage.queries().ask(query(sql, database));
    }

    @When("the query is run on {string}")
    @Doc(family = Family.SQL, text = "Asks a longer question.", example = """
                    When the query is run on "jdbc:sqlite:data/orders.db"
                      \"""
                      SELECT state, count(*) AS n
                      FROM orders GROUP BY state
                      \"""
                    """)
    public void askText(String database, String sql) throws Exception {
        ask(sql, database);
    }

    @Then("{patience}there is/are {amount} row(s)")
    @Doc(
            family = Family.SQL,
            text = "Checks how many rows the last query found; with a time, it is asked again until it holds.",
            example = "Then within 10 seconds there are 3 rows")
    public void count(Patience patience, Amount amount) throws Exception {
        stage.check(patience, stage.queries().rows(), Expect.count(stage.amount(amount), "rows"));
    }

    @Then("{patience}the rows are")
    @Doc(
            family = Family.SQL,
            text = "Compares all rows, in order, in the columns of the table; an empty cell is NULL.",
            example = """
                    Then the rows are
                      | id  | state |
                      | o-1 | paid  |
                      | o-2 |       |
                    """)
    public void are(Patience patience, DataTable table) throws Exception {
        stage.check(
                patience, stage.queries().rows(), Rows.of(table, stage::text).are());
    }

    @Then("{patience}the rows include")
    @Doc(
            family = Family.SQL,
            text = "Checks that each row of the table is among the rows, in any order.",
            example = """
                    Then within 10 seconds the rows include
                      | id  | state |
                      | o-1 | paid  |
                    """)
    public void include(Patience patience, DataTable table) throws Exception {
        stage.check(
                patience, stage.queries().rows(), Rows.of(table, stage::text).include());
    }

    private Queries.Query query(String sql, String database) {
        return new Queries.Query(stage.text(sql), stage.text(database), database);
    }
}
