package planted.run;

import java.util.List;
import planted.judge.StartsRun;

/// Keeps the table: `run` may import `judge`.
public record NeedsJudge(List<StartsRun> judges) {}
