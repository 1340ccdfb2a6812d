/// Speaks to Redis.
@NullMarked
package dev.verdict.redis;

import org.jspecify.annotations.NullMarked;
