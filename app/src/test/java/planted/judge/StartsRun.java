package planted.judge;

import planted.run.NeedsJudge;

/// Breaks the table, and closes a cycle: `judge` may not import `run`, which imports it.
public record StartsRun(NeedsJudge run) {}
