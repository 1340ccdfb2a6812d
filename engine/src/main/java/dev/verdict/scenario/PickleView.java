package dev.verdict.scenario;

import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.gherkin.Step;
import io.cucumber.plugin.event.Location;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Shows a scenario to Cucumber's runner in another language.
record PickleView(Pickle pickle, String language) implements Pickle {
    /// Gives a scenario a language that a locale accepts: the runner makes one of it and crashes on
    /// Gherkin's own languages, as `zh-CN` or `en-pirate`. The keywords are parsed by then.
    static Pickle runnable(Pickle pickle) {
        return pickle.getLanguage().contains("-") ? new PickleView(pickle, "en") : pickle;
    }

    @Override
    public String getLanguage() {
        return language;
    }

    @Override
    public List<Step> getSteps() {
        return pickle.getSteps();
    }

    @Override
    public String getKeyword() {
        return pickle.getKeyword();
    }

    @Override
    public String getName() {
        return pickle.getName();
    }

    @Override
    public Location getLocation() {
        return pickle.getLocation();
    }

    @Override
    public Location getScenarioLocation() {
        return pickle.getScenarioLocation();
    }

    @Override
    public Optional<Location> getRuleLocation() {
        return pickle.getRuleLocation();
    }

    @Override
    public Optional<Location> getFeatureLocation() {
        return pickle.getFeatureLocation();
    }

    @Override
    public Optional<Location> getExamplesLocation() {
        return pickle.getExamplesLocation();
    }

    @Override
    public List<String> getTags() {
        return pickle.getTags();
    }

    @Override
    public URI getUri() {
        return pickle.getUri();
    }

    @Override
    public String getId() {
        return pickle.getId();
    }
}
