/// Brings services up and down, watches them, and finds what they left behind.
@NullMarked
package dev.verdict.environment;

import org.jspecify.annotations.NullMarked;
