/// Reads JSON, finds values in it and compares it.
@NullMarked
package dev.verdict.json;

import org.jspecify.annotations.NullMarked;
