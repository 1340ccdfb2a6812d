/// Tells whether bytes are still what they were: digests, manifests and their comparison, and
/// artifacts that are generated alike on every machine.
@NullMarked
package dev.verdict.integrity;

import org.jspecify.annotations.NullMarked;
