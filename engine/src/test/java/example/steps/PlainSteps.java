package example.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.scenario.Evidence;
import dev.verdict.scenario.World;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.After;
import io.cucumber.java.Before;
import io.cucumber.java.ParameterType;
import io.cucumber.java.PendingException;
import io.cucumber.java.Scenario;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import io.cucumber.java.fr.Soit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/// Holds a step for everything that a step can do.
@SuppressWarnings("DoNotCallSuggester") // some steps only fail
public final class PlainSteps {
    private final World world;
    private final Evidence evidence;
    private final Basket basket;
    private Scenario scenario;

    public PlainSteps(World world, Evidence evidence, Basket basket) {
        this.world = world;
        this.evidence = evidence;
        this.basket = basket;
    }

    /// Is a glue class that another one asks for.
    public static final class Basket {
        private final StringBuilder content = new StringBuilder();

        public Basket(World world) {
            content.append(world.scenario()).append(':');
        }
    }

    /// Is a parameter type of the user's.
    public record Fruit(String name) {}

    @ParameterType("apple|pear")
    public Fruit fruit(String name) {
        return new Fruit(name);
    }

    @Before("@hooked")
    public void before(Scenario running) {
        scenario = running;
        basket.content.append("before ");
    }

    @After("@hooked")
    public void after() {
        basket.content.append("after");
        evidence.observed("basket", "memory", basket.content.toString(), new byte[0]);
    }

    @After("@fails-after")
    public void failAfter() {
        throw new AssertionError("the hook found a leftover");
    }

    @Given("it passes")
    public void passes() {}

    @Soit("un panier de {int} pommes")
    public void frenchBasket(int apples) {
        assertThat(apples).isPositive();
    }

    @When("it fails")
    public void fails() {
        throw new AssertionError("expected an apple");
    }

    @When("it breaks")
    public void breaks() {
        throw new IllegalStateException("broken", new RuntimeException("the reason"));
    }

    @When("it is pending")
    public void pending() {
        throw new PendingException("later");
    }

    @When("an assumption does not hold")
    public void assumption() {
        throw new TestAbortedException("no docker here");
    }

    @Given("an ambiguous step")
    public void ambiguous() {}

    @Given("an ambiguous {word}")
    public void ambiguous(String word) {
        assertThat(word).isNotEmpty();
    }

    @When("a(n) {fruit} is put into the basket")
    public void put(Fruit fruit) {
        basket.content.append(fruit.name()).append(' ');
    }

    @Then("the basket holds {string}")
    public void holds(String expected) {
        String content = basket.content.toString();
        evidence.observed("basket", "memory", content, content.getBytes(StandardCharsets.UTF_8));
        evidence.check("basket", expected, content, content.contains(expected));
    }

    @Then("a check that accepts anything")
    public void weak() {
        evidence.weakCheck("basket", "anything", basket.content, true, "it accepts everything");
    }

    @Then("the table adds up to {int}")
    public void table(int sum, DataTable table) {
        List<Map<String, Integer>> rows = table.asMaps(String.class, Integer.class);
        assertThat(rows.stream().mapToInt(row -> row.get("price")).sum()).isEqualTo(sum);
    }

    @Then("the text has {int} lines")
    public void text(int lines, String text) {
        assertThat(text.lines()).hasSize(lines);
    }

    @When("it attaches {string}")
    public void attaches(String text) {
        scenario.attach(text, "text/plain", "note");
        scenario.log("a line");
    }

    @When("it opens {word}")
    public void opens(String name) {
        world.closing(() -> evidence.observed("closing", name, "closed " + name, new byte[0]));
    }

    @When("it opens something that cannot be closed")
    public void opensStubborn() {
        world.closing(() -> {
            throw new IllegalStateException("stuck");
        });
    }
}
