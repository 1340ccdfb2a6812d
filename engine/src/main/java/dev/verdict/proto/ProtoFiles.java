package dev.verdict.proto;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.verdict.plan.PlanException;
import dev.verdict.plan.Position;
import dev.verdict.plan.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `.proto` files with what they import. An import is looked for in the folder of the file
/// that names it, then in the folders above; Google's own are part of protobuf.
public final class ProtoFiles {
    private final Map<String, FileDescriptor> read = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    private ProtoFiles() {}

    /// Reads files.
    ///
    /// @throws PlanException if one of them, or what it imports, is not there or malformed
    /// @throws IOException if one cannot be read
    public static Schema read(List<Path> files) throws IOException {
        ProtoFiles all = new ProtoFiles();
        List<FileDescriptor> given = new ArrayList<>();
        for (Path file : files) {
            Path path = file.toAbsolutePath().normalize();
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException("the file '" + file + "' is not there");
            }
            given.add(all.file(path));
        }
        return new Schema(given);
    }

    private FileDescriptor file(Path path) throws IOException {
        return descriptor(path.toString(), Files.readString(path), Optional.of(path));
    }

    /// @param path empty for a file that is part of protobuf
    private FileDescriptor descriptor(String name, String text, Optional<Path> path) throws IOException {
        FileDescriptor known = read.get(name);
        if (known != null) {
            return known;
        }
        ProtoParser parser = new ProtoParser(name, name, text);
        boolean _ = open.add(name);
        FileDescriptorProto.Builder file = parser.file();
        List<FileDescriptor> imports = new ArrayList<>();
        for (int i = 0; i < file.getDependencyCount(); i++) {
            Position place = parser.imports().getOrDefault(file.getDependency(i), new Position(name, 1, 1));
            FileDescriptor imported = imported(file.getDependency(i), path, place);
            imports.add(imported);
            file.setDependency(i, imported.getName());
        }
        boolean _ = open.remove(name);
        try {
            FileDescriptor made = FileDescriptor.buildFrom(file.build(), imports.toArray(FileDescriptor[]::new));
            FileDescriptor _ = read.put(name, made);
            return made;
        } catch (DescriptorValidationException e) {
            Position start = new Position(name, 1, 1);
            throw problem(parser.places().getOrDefault(e.getProblemSymbolName(), start), e.getDescription());
        }
    }

    private FileDescriptor imported(String name, Optional<Path> from, Position place) throws IOException {
        for (Path folder = from.map(Path::getParent).orElse(null); folder != null; folder = folder.getParent()) {
            Path path = folder.resolve(name).normalize();
            if (Files.isRegularFile(path)) {
                if (open.contains(path.toString())) {
                    throw problem(place, "'" + name + "' imports this file in its turn");
                }
                return file(path);
            }
        }
        if (name.startsWith("google/protobuf/")) {
            try (InputStream own = FileDescriptor.class.getClassLoader().getResourceAsStream(name)) {
                if (own != null) {
                    return descriptor(name, new String(own.readAllBytes(), StandardCharsets.UTF_8), Optional.empty());
                }
            }
        }
        throw problem(place, "the import '" + name + "' is not there, in this file's folder or one above");
    }

    private static PlanException problem(Position place, String message) {
        return new PlanException(List.of(new Problem(place, message)));
    }
}
