/// Relays TCP in front of endpoints and counts who touched what; faults will act here.
@NullMarked
package dev.verdict.gateway;

import org.jspecify.annotations.NullMarked;
