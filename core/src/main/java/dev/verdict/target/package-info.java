/// Holds measurements against targets, with statistics that do not lie.
@NullMarked
package dev.verdict.target;

import org.jspecify.annotations.NullMarked;
