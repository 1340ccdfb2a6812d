/// Runs a program to its end, with limits of time and output.
@NullMarked
package dev.verdict.program;

import org.jspecify.annotations.NullMarked;
