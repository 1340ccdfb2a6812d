package dev.verdict.judge;

import java.util.List;

/// Looks at a run for one kind of thing; a pure function.
public interface Judge {
    /// Returns the judge's name, as `hollow` or `orphans`.
    String name();

    /// Returns what it finds; a finding of outcome `PASSED` is a remark that lowers nothing.
    List<Finding> judge(RunRecord run);
}
