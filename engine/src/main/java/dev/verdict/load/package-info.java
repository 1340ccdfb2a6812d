/// Sends requests at a rate or from a number of users, and measures what comes of them.
///
/// A [Pace] says when: a [Profile] of arrivals a second, or of users. A [Generator] sends, and
/// tells a [Recorder] of each request; [Meter] makes an [Interval] of each second, and the
/// [LoadResult] in the end. Everything is counted from the time at which a request was due.
@NullMarked
package dev.verdict.load;

import org.jspecify.annotations.NullMarked;
