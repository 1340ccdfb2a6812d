/// Judges a journal against its plan: findings, the lattice of outcomes, and the verdict.
@NullMarked
package dev.verdict.judge;

import org.jspecify.annotations.NullMarked;
