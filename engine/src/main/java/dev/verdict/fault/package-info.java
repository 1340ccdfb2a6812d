/// Disturbs the system under test, and undoes it whatever happens.
@NullMarked
package dev.verdict.fault;

import org.jspecify.annotations.NullMarked;
