/// Reads metrics in the Prometheus text format, and the answers of Prometheus servers.
@NullMarked
package dev.verdict.metrics;

import org.jspecify.annotations.NullMarked;
