/// Holds the built-in Gherkin vocabulary: what a scenario can say without a line of Java.
@NullMarked
package dev.verdict.scenario.steps;

import org.jspecify.annotations.NullMarked;
