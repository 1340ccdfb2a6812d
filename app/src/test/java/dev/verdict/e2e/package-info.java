/// Runs Verdict as its users do: a process of its own, judged by its exit code and output.
@NullMarked
package dev.verdict.e2e;

import org.jspecify.annotations.NullMarked;
