package dev.verdict.integrity;

import dev.verdict.integrity.Difference.Added;
import dev.verdict.integrity.Difference.Changed;
import dev.verdict.integrity.Difference.Range;
import dev.verdict.integrity.Difference.Removed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Compares manifests.
public final class Comparison {
    private Comparison() {}

    /// Returns every difference, by path; none if both say the same.
    public static List<Difference> of(Manifest before, Manifest after) {
        Map<String, Entry> old = before.byPath();
        Map<String, Entry> now = after.byPath();
        TreeSet<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String path : paths) {
            Entry was = old.get(path);
            Entry is = now.get(path);
            if (was == null && is != null) {
                differences.add(new Added(path, is.size()));
            } else if (is == null && was != null) {
                differences.add(new Removed(path, was.size()));
            } else if (was != null && is != null && !was.same(is)) {
                differences.add(new Changed(path, was.size(), is.size(), ranges(was.chunks(), is.chunks(), is.size())));
            }
        }
        return differences;
    }

    /// Returns the ranges of neighbouring chunks that differ. What lies behind the end of the
    /// shorter file is told by the sizes.
    ///
    /// @param size of the file whose chunks are `after`
    static List<Range> ranges(List<String> before, List<String> after, long size) {
        List<Range> ranges = new ArrayList<>();
        int common = Math.min(before.size(), after.size());
        for (int i = 0; i < common; i++) {
            if (before.get(i).equals(after.get(i))) {
                continue;
            }
            int first = i;
            while (i + 1 < common && !before.get(i + 1).equals(after.get(i + 1))) {
                i++;
            }
            long end = Math.min((i + 1L) * Manifest.CHUNK, size);
            ranges.add(new Range((long) first * Manifest.CHUNK, end));
        }
        return ranges;
    }
}
