package dev.verdict.scenario.steps;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Documents a built-in step beside its expression; a step of several families has one for each.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Doc.Several.class)
@interface Doc {
    Family family();

    /// Says in one sentence what the step does or checks.
    String text();

    /// Shows it as it stands in a feature file, with its keyword, and its table or text if it has
    /// one.
    String example();

    /// Holds several on one method.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Several {
        Doc[] value();
    }
}
