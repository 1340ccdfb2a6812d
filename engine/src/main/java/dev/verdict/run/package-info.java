/// Conducts one run from plan to verdict.
@NullMarked
package dev.verdict.run;

import org.jspecify.annotations.NullMarked;
