/// Keeps the append-only record of a run: the event family, its writer, its reader and its tail.
@NullMarked
package dev.verdict.journal;

import org.jspecify.annotations.NullMarked;
