/// Reads, checks, resolves and digests a plan; its errors carry file, line, column and what was
/// expected.
@NullMarked
package dev.verdict.plan;

import org.jspecify.annotations.NullMarked;
