/// Checks histories of client operations against consistency models, and explains what is illegal.
@NullMarked
package dev.verdict.consistency;

import org.jspecify.annotations.NullMarked;
