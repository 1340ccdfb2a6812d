package dev.verdict.scenario.steps;

import dev.verdict.plan.LinkFault;
import dev.verdict.plan.Partition;
import io.cucumber.java.ParameterType;
import java.time.Duration;

/// Defines the words that the vocabulary's expressions are made of.
public final class Parameters {
    @ParameterType(name = "patience", value = Patience.PATTERN, useForSnippets = false)
    public Patience patience(String words) {
        return Patience.parse(words);
    }

    @ParameterType(name = "lasting", value = Lasting.PATTERN, useForSnippets = false)
    public Lasting lasting(String words) {
        return Lasting.parse(words);
    }

    @ParameterType(name = "size", value = Sizes.PATTERN, useForSnippets = false)
    public long size(String words) {
        return Sizes.parse(words);
    }

    @ParameterType(name = "broken", value = "reset|refused|stalled|a black hole", useForSnippets = false)
    public LinkFault broken(String word) {
        return switch (word) {
            case "reset" -> new LinkFault.Reset();
            case "refused" -> new LinkFault.Refuse();
            case "stalled" -> new LinkFault.Stall();
            case "a black hole" -> new LinkFault.BlackHole();
            default -> throw new IllegalArgumentException("no way to break a connection: " + word);
        };
    }

    @ParameterType(name = "names", value = Names.PATTERN, useForSnippets = false)
    public Names names(String words) {
        return Names.parse(words);
    }

    @ParameterType(
            name = "division",
            value = "halves|halves with a bridge|a ring of majorities",
            useForSnippets = false)
    public Partition division(String words) {
        return switch (words) {
            case "halves" -> new Partition.Halves();
            case "halves with a bridge" -> new Partition.Bridge();
            case "a ring of majorities" -> new Partition.MajoritiesRing();
            default -> throw new IllegalArgumentException("no way to divide services: " + words);
        };
    }

    @ParameterType(name = "content", value = Phrase.PATTERN, useForSnippets = false)
    public Phrase content(String words) {
        return Phrase.parse(words);
    }

    @ParameterType(name = "value", value = Value.PATTERN, useForSnippets = false)
    public Value value(String literal) {
        return new Value(literal);
    }

    @ParameterType(name = "amount", value = Amount.PATTERN, useForSnippets = false)
    public Amount amount(String words) {
        return Amount.parse(words);
    }

    @ParameterType(name = "bound", value = Amount.BOUND_PATTERN, useForSnippets = false)
    public Amount bound(String words) {
        return Amount.parse(words);
    }

    @ParameterType(name = "statuses", value = Statuses.PATTERN, useForSnippets = false)
    public Statuses statuses(String words) {
        return Statuses.parse(words);
    }

    @ParameterType(name = "method", value = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS", useForSnippets = false)
    public String method(String word) {
        return word;
    }

    @ParameterType(name = "duration", value = Durations.PATTERN, useForSnippets = false)
    public Duration duration(String words) {
        return Durations.parse(words);
    }
}
