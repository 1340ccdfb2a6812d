package relay;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Names a mistake that the server makes on demand, to see the tests find it.
enum Defect {
    NONE,
    /// A stored artifact has zeros in the place of its second chunk.
    LOST_CHUNK,
    /// A stored artifact has its first two chunks in the wrong order.
    SWAPPED_CHUNKS,
    /// A stored artifact lacks its last 1000 bytes.
    TRUNCATED_TAIL,
    /// A chunk is taken whatever digest it came with.
    WRONG_CHECKSUM_ACCEPTED,
    /// An upload is listed and served before it is whole.
    PARTIAL_FILE_VISIBLE,
    /// A completion that is asked for again stores the artifact again.
    RETRY_DUPLICATES,
    /// Every chunk takes half a second longer.
    SLOW_PATH,
    /// What an upload needed stays on the disk behind it.
    TEMPORARY_LEAK,
    /// A process is started and forgotten.
    ORPHAN_PROCESS,
    /// A chunk that the full disk did not take is acknowledged.
    SILENT_DISK_FULL;

    /// Reads the environment variable `DEFECT`, as `lost-chunk`.
    static Defect chosen() {
        String name = System.getenv().getOrDefault("DEFECT", "none");
        return Arrays.stream(values())
                .filter(defect -> defect.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no defect is called " + name + "; there are "
                        + Arrays.stream(values()).map(Defect::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
