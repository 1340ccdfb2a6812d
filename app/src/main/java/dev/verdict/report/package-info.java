/// Projects a judged journal into pages and files that people and machines read.
@NullMarked
package dev.verdict.report;

import org.jspecify.annotations.NullMarked;
