package dev.verdict.scenario.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/// Makes artifacts and holds files, folders and answers to manifests, byte for byte.
public final class IntegritySteps {
    private final Stage stage;

    public IntegritySteps(Stage stage) {
        this.stage = stage;
    }

    @Given("the artifact {string} of {string} is generated from the seed {int}")
    @Doc(
            family = Family.INTEGRITY,
            text = "Makes a file as `verdict generate` does; it is removed when the scenario ends.",
            example = "Given the artifact \"inbox/model.bin\" of \"5MB\" is generated from the seed 7")
    public void generate(String file, String size, int seed) throws Exception {
        stage.manifests().generate(stage.text(file), Sizes.parse(stage.text(size)), seed);
    }

    @When("the manifest of {string} is taken as {string}")
    @Doc(
            family = Family.INTEGRITY,
            text = "Digests a file, or all below a folder, to compare with later.",
            example = "When the manifest of \"inbox\" is taken as \"before\"")
    public void take(String path, String name) throws Exception {
        stage.manifests().take(stage.text(path), stage.text(name));
    }

    @Then("{patience}the manifest of {string} is {string}")
    @Doc(
            family = Family.INTEGRITY,
            text = "Compares a file or folder with a manifest; a difference names file and range of bytes.",
            example = "Then within 10 seconds the manifest of \"outbox\" is \"before\"")
    public void same(Patience patience, String path, String name) throws Exception {
        String manifest = stage.text(name);
        stage.check(patience, stage.manifests().tree(stage.text(path), manifest), Manifests.same(manifest));
    }

    @Then("{patience}the manifest of {string} from {string} is {string}")
    @Doc(
            family = Family.INTEGRITY,
            text = "Compares what a service answers to a GET, of any size, with the manifest of one file of that name.",
            example = "Then the manifest of \"/models/model.bin\" from \"models\" is \"before\"")
    public void answered(Patience patience, String path, String service, String name) throws Exception {
        String manifest = stage.text(name);
        stage.check(
                patience,
                stage.manifests().answer(stage.text(path), stage.text(service), manifest),
                Manifests.same(manifest));
    }
}
