package relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Keeps artifacts in a folder: whole ones in `artifacts`, the digests of their chunks in
/// `digests`, and what is on its way in `uploads`. An artifact appears by a rename.
final class Store {
    private final Path artifacts;
    private final Path digests;
    private final Path uploads;
    private final Defect defect;
    private final Map<String, Artifact> whole = new ConcurrentSkipListMap<>();
    private final Map<String, Upload> open = new ConcurrentHashMap<>();
    private volatile int lastConnections;

    Store(Path root, Defect defect) throws IOException {
        this.artifacts = Files.createDirectories(root.resolve("artifacts"));
        this.digests = Files.createDirectories(root.resolve("digests"));
        this.uploads = Files.createDirectories(root.resolve("uploads"));
        this.defect = defect;
    }

    /// Takes up what lies there; what was torn by a crash is removed.
    ///
    /// @return how many chunks of unfinished uploads are still good
    int recover() throws IOException {
        for (Path file : Disk.list(digests)) {
            Path artifact = artifacts.resolve(file.getFileName());
            if (Files.exists(artifact)) {
                Artifact found = Artifact.read(artifact, file);
                whole.put(found.name(), found);
            } else {
                Files.delete(file);
            }
        }
        int chunks = 0;
        for (Path folder : Disk.list(uploads)) {
            Path blueprint = folder.resolve("blueprint");
            Optional<Blueprint> asked = Files.exists(blueprint)
                    ? Optional.of(Artifact.blueprint(Files.readString(blueprint)))
                    : Optional.empty();
            if (asked.isEmpty()
                    || !Files.exists(folder.resolve("chunks"))
                    || stored(asked.get()).isPresent()) {
                Disk.delete(folder);
                continue;
            }
            Upload upload = Upload.recover(asked.get(), folder);
            open.put(asked.get().id(), upload);
            chunks += upload.storedChunks();
        }
        return chunks;
    }

    /// Returns the artifact that an upload has become.
    Optional<Artifact> stored(Blueprint asked) {
        return find(asked.name()).filter(artifact -> artifact.blueprint().equals(asked));
    }

    Optional<Artifact> stored(String id) {
        return whole.values().stream()
                .filter(artifact -> artifact.blueprint().id().equals(id))
                .findFirst();
    }

    Optional<Artifact> find(String name) {
        return Optional.ofNullable(whole.get(name)).or(() -> partial(name));
    }

    private Optional<Artifact> partial(String name) {
        return defect != Defect.PARTIAL_FILE_VISIBLE
                ? Optional.empty()
                : open.values().stream()
                        .filter(upload -> upload.blueprint().name().equals(name))
                        .map(upload -> new Artifact(name, upload.data(), upload.blueprint(), List.of()))
                        .findFirst();
    }

    List<Artifact> list() {
        return List.copyOf(whole.values());
    }

    int openUploads() {
        return open.size();
    }

    int lastConnections() {
        return lastConnections;
    }

    Upload begin(Blueprint asked) throws IOException {
        if (whole.containsKey(asked.name())) {
            throw new Http.Refused(409, asked.name() + " is there already, and is something else");
        }
        synchronized (open) {
            Upload upload = open.get(asked.id());
            if (upload == null) {
                upload = Upload.begin(asked, uploads.resolve(asked.id()));
                open.put(asked.id(), upload);
            }
            return upload;
        }
    }

    Upload upload(String id) throws IOException {
        Upload upload = open.get(id);
        if (upload == null) {
            throw new Http.Refused(404, "there is no upload " + id);
        }
        return upload;
    }

    /// Makes an upload an artifact, once all of it is there and right.
    Artifact complete(Upload upload) throws IOException {
        synchronized (upload) {
            Blueprint asked = upload.blueprint();
            Optional<Artifact> before = stored(asked).filter(_ -> !open.containsKey(asked.id()));
            if (before.isPresent()) {
                return before.get();
            }
            if (!upload.missing().isEmpty()) {
                throw new Http.Refused(409, "chunks are missing: " + upload.missing());
            }
            String sha256 = Disk.sha256(upload.data());
            if (!sha256.equals(asked.sha256())) {
                abandon(upload);
                throw new Http.Refused(422, "the whole has the SHA-256 " + sha256 + ", not " + asked.sha256());
            }
            Artifact artifact =
                    new Artifact(asked.name(), artifacts.resolve(asked.name()), asked, Damage.by(defect, upload));
            Disk.write(digests.resolve(asked.name()), artifact.text());
            upload.channel().force(true);
            Disk.publish(upload.data(), artifact.file());
            whole.put(asked.name(), artifact);
            lastConnections = upload.connections();
            open.remove(asked.id());
            upload.close();
            if (defect != Defect.TEMPORARY_LEAK) {
                Disk.delete(upload.folder());
            }
            return artifact;
        }
    }

    /// Stores an artifact a second time, under a name beside its own.
    void duplicate(Artifact artifact) throws IOException {
        String name = artifact.name() + ".1";
        Path copy = artifacts.resolve(name);
        Files.deleteIfExists(copy);
        Files.createLink(copy, artifact.file());
        whole.put(name, new Artifact(name, copy, artifact.blueprint(), artifact.digests()));
    }

    void abandon(Upload upload) throws IOException {
        open.remove(upload.blueprint().id());
        upload.close();
        Disk.delete(upload.folder());
    }

    boolean delete(String name) throws IOException {
        Artifact artifact = whole.remove(name);
        if (artifact == null) {
            return false;
        }
        Files.delete(artifact.file());
        Files.deleteIfExists(digests.resolve(name));
        return true;
    }
}
