package dev.verdict.proto;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import dev.verdict.plan.Nearest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Holds services and messages that files declare, those they import included.
///
/// @param files those that were asked for
public record Schema(List<FileDescriptor> files) {
    private static final int SHOWN = 8;

    public Schema {
        files = List.copyOf(files);
    }

    /// Returns a method.
    ///
    /// @param name as `shop.Stock/Reserve`
    /// @throws IllegalArgumentException if no service has it
    public Rpc method(String name) {
        Set<FileDescriptor> all = new LinkedHashSet<>();
        files.forEach(file -> add(file, all));
        List<MethodDescriptor> methods = all.stream()
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream())
                .toList();
        MethodDescriptor method = methods.stream()
                .filter(each -> name(each).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("no service has the method '" + name + "'" + hint(name, methods)));
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        all.forEach(file -> types.add(file.getMessageTypes()));
        return new Rpc(method, types.build());
    }

    private static String name(MethodDescriptor method) {
        return method.getService().getFullName() + "/" + method.getName();
    }

    private static String hint(String name, List<MethodDescriptor> methods) {
        List<String> names = methods.stream().map(Schema::name).toList();
        return Nearest.to(name, names)
                .map(near -> "; did you mean '" + near + "'?")
                .orElseGet(() -> names.isEmpty()
                        ? "; there is no method at all"
                        : "; there are " + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                                + (names.size() > SHOWN ? " and others" : ""));
    }

    private static void add(FileDescriptor file, Set<FileDescriptor> all) {
        if (all.add(file)) {
            file.getDependencies().forEach(each -> add(each, all));
        }
    }
}
