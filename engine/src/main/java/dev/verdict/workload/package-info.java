/// Lets clients act on the system under test and records what each did and was told.
@NullMarked
package dev.verdict.workload;

import org.jspecify.annotations.NullMarked;
