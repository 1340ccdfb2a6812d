/// Holds the rules of the house: rooms, prose, dependencies and the scripts that start everything.
@NullMarked
package dev.verdict.house;

import org.jspecify.annotations.NullMarked;
