/// Will hold the `@VerdictPlan` extension; nothing is here yet.
@NullMarked
package dev.verdict.junit;

import org.jspecify.annotations.NullMarked;
