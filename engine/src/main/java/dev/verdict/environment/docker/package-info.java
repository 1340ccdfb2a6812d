/// Speaks with a Docker engine: controls containers, watches them, keeps their logs, samples their
/// resources, and finds what a run left there.
@NullMarked
package dev.verdict.environment.docker;

import org.jspecify.annotations.NullMarked;
