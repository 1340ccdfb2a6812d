package planted.plan.util;

/// Lies in a package whose name says no job.
final class Lists {}
