package dev.verdict.scenario.steps;

import dev.verdict.scenario.StepWords;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Lists the built-in vocabulary, from the annotations on the steps themselves.
public final class StepCatalog {
    /// The classes that define steps, in no order that matters.
    static final List<Class<?>> CLASSES = List.of(
            HttpSteps.class,
            ContentSteps.class,
            StreamSteps.class,
            CommandSteps.class,
            FileSteps.class,
            IntegritySteps.class,
            ServiceSteps.class,
            FaultSteps.class,
            FileFaultSteps.class,
            LinkFaultSteps.class,
            PartitionSteps.class,
            SqlSteps.class,
            RedisSteps.class,
            ValueSteps.class);

    private static final Pattern OF_SERVICE = Pattern.compile("service \\{string}|clock of \\{string}");
    private static final Pattern KEYWORD = Pattern.compile("^(Given|When|Then|And|But|\\*) ");

    private StepCatalog() {}

    /// Is a step as its documentation shows it.
    ///
    /// @param keyword `Given`, `When` or `Then`
    /// @param expression the Cucumber expression
    /// @param text one sentence
    /// @param example with its keyword, and its table or text if it has one
    public record KnownStep(Family family, String keyword, String expression, String text, String example) {
        /// Returns the example's first line without its keyword.
        public String sentence() {
            return KEYWORD.matcher(example.lines().findFirst().orElse("")).replaceFirst("");
        }
    }

    private record Worded(KnownStep step, StepWords words) {}

    /// Returns every step, by family; one that belongs to several has an entry in each.
    public static List<KnownStep> all() {
        return Holder.STEPS;
    }

    /// Returns the steps that have all the words, in any form of their letters, in expression,
    /// text, example or family.
    public static List<KnownStep> search(Collection<String> words) {
        List<String> wanted = words.stream()
                .flatMap(word -> Stream.of(word.split("\\s+")))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        return all().stream().filter(step -> hasAll(step, wanted)).toList();
    }

    /// Returns the step whose example is most like a text that no step matches, if one is.
    public static Optional<KnownStep> nearest(String stepText) {
        return StepWords.ofText(stepText).nearest(Holder.WORDED, Worded::words).map(Worded::step);
    }

    /// Tells whether the step of this expression ends, starts or disturbs a service itself, not
    /// only what leads to it.
    public static boolean changesService(String expression) {
        return all().stream()
                .filter(step ->
                        step.expression().equals(expression) && step.keyword().equals("When"))
                .anyMatch(step -> OF_SERVICE.matcher(expression).find());
    }

    private static boolean hasAll(KnownStep step, List<String> words) {
        String all = String.join(
                        " ",
                        step.expression(),
                        step.text(),
                        step.example(),
                        step.family().title())
                .toLowerCase(Locale.ROOT);
        return words.stream().allMatch(all::contains);
    }

    /// Reads the annotations once, and only when somebody asks.
    private static final class Holder {
        private static final List<KnownStep> STEPS = CLASSES.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .flatMap(Holder::steps)
                .sorted(Comparator.comparing(KnownStep::family)
                        .thenComparingInt(
                                step -> List.of("Given", "When", "Then").indexOf(step.keyword()))
                        .thenComparing(KnownStep::expression)
                        .thenComparing(KnownStep::example))
                .toList();

        private static final List<Worded> WORDED = STEPS.stream()
                .map(step -> new Worded(step, StepWords.ofText(step.sentence())))
                .toList();

        private static Stream<KnownStep> steps(Method method) {
            return Stream.of(method.getAnnotationsByType(Doc.class)).map(doc -> step(method, doc));
        }

        private static KnownStep step(Method method, Doc doc) {
            Given given = method.getAnnotation(Given.class);
            When when = method.getAnnotation(When.class);
            Then then = method.getAnnotation(Then.class);
            String example = doc.example().strip();
            if (given != null) {
                return new KnownStep(doc.family(), "Given", given.value(), doc.text(), example);
            }
            if (when != null) {
                return new KnownStep(doc.family(), "When", when.value(), doc.text(), example);
            }
            if (then != null) {
                return new KnownStep(doc.family(), "Then", then.value(), doc.text(), example);
            }
            throw new IllegalStateException(method + " is documented, but no step");
        }
    }
}
