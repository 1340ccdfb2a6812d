/// Turns command lines into calls of the other rooms; it alone knows all of them.
@NullMarked
package dev.verdict.cli;

import org.jspecify.annotations.NullMarked;
