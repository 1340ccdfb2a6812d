/// Runs Gherkin scenarios with built-in steps, and records what they observed and checked.
@NullMarked
package dev.verdict.scenario;

import org.jspecify.annotations.NullMarked;
