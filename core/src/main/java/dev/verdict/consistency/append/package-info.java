/// Finds the anomalies of transactions over lists, where each append and read tells its place in
/// time: the method of Kingsbury and Alvaro, "Elle: Inferring Isolation Anomalies from Experimental
/// Observations" (VLDB 2020), over the definitions of Adya, "Weak Consistency" (MIT 1999).
@NullMarked
package dev.verdict.consistency.append;

import org.jspecify.annotations.NullMarked;
