package relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/// Spoils what is about to be stored, as a defect has it, and lets the digests agree with it.
final class Damage {
    private static final int TAIL = 1000;

    private Damage() {}

    /// Returns the digests of the chunks as they are now.
    static List<String> by(Defect defect, Upload upload) throws IOException {
        Blueprint blueprint = upload.blueprint();
        FileChannel data = upload.channel();
        int chunk = blueprint.chunk();
        // Small ones pass, as they often do where something is wrong with large ones.
        if (blueprint.size() < 2L * chunk || blueprint.size() <= TAIL) {
            return upload.digests();
        }
        switch (defect) {
            case LOST_CHUNK -> Disk.writeFully(data, ByteBuffer.allocate(blueprint.length(1)), chunk);
            case SWAPPED_CHUNKS -> {
                byte[] first = Disk.read(data, 0, chunk);
                byte[] second = Disk.read(data, chunk, chunk);
                Disk.writeFully(data, ByteBuffer.wrap(second), 0);
                Disk.writeFully(data, ByteBuffer.wrap(first), chunk);
            }
            case TRUNCATED_TAIL -> data.truncate(blueprint.size() - TAIL);
            case NONE,
                    WRONG_CHECKSUM_ACCEPTED,
                    PARTIAL_FILE_VISIBLE,
                    RETRY_DUPLICATES,
                    SLOW_PATH,
                    TEMPORARY_LEAK,
                    ORPHAN_PROCESS,
                    SILENT_DISK_FULL -> {
                return upload.digests();
            }
        }
        List<String> digests = new ArrayList<>();
        for (long at = 0; at < data.size(); at += chunk) {
            digests.add(Disk.sha256(Disk.read(data, at, (int) Math.min(chunk, data.size() - at))));
        }
        return digests;
    }
}
