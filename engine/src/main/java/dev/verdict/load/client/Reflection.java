package dev.verdict.load.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.verdict.http.HttpFailure;
import dev.verdict.http.HttpFailure.Kind;
import dev.verdict.plan.Nearest;
import dev.verdict.proto.Rpc;
import dev.verdict.proto.Schema;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks a server of gRPC what its methods take and give (grpc.reflection.v1, or else v1alpha, whose
/// messages are the same). The few fields of these messages are read by their numbers.
final class Reflection {
    private static final List<String> SERVICES =
            List.of("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection");

    // Of a ServerReflectionRequest.
    private static final int FILE_BY_NAME = 3;
    private static final int FILE_OF_SYMBOL = 4;
    private static final int LIST_SERVICES = 7;

    // Of a ServerReflectionResponse.
    private static final int FILES = 4;
    private static final int SERVICE_LIST = 6;
    private static final int ERROR = 7;

    private final GrpcCall call;
    private final Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    private final Map<String, FileDescriptor> made = new LinkedHashMap<>();
    private String service = SERVICES.getFirst();

    private Reflection(GrpcCall call) {
        this.call = call;
    }

    /// Asks a server about a method.
    ///
    /// @throws HttpFailure if it does not answer; the message says of what it was asked
    /// @throws IllegalArgumentException if it has no such method, or no reflection
    static Rpc ask(Protocol.Grpc grpc, Duration timeout) throws HttpFailure, InterruptedException {
        TimeLimit limit = new TimeLimit(timeout);
        try (Http2Connection connection = new Http2Connection(grpc.origin(), grpc.trust())) {
            boolean _ = connection.connect();
            return new Reflection(new GrpcCall(connection, grpc.origin(), timeout)).method(grpc.method());
        } catch (InterruptedException e) {
            if (limit.close()) {
                String why = "no answer within " + timeout.toMillis() + " ms";
                throw new HttpFailure(Kind.TIMED_OUT, words(grpc, why), e);
            }
            throw e;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(words(grpc, String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            HttpFailure failure = HttpFailure.of(e);
            throw new HttpFailure(failure.kind(), words(grpc, String.valueOf(failure.getMessage())), e);
        } catch (WrongAnswer | DescriptorValidationException e) {
            throw new HttpFailure(Kind.MALFORMED, words(grpc, String.valueOf(e.getMessage())), e);
        } finally {
            boolean _ = limit.close();
        }
    }

    private static String words(Protocol.Grpc grpc, String why) {
        return "the server at " + grpc.origin() + " does not say what " + grpc.method() + " takes: " + why;
    }

    private Rpc method(String name)
            throws IOException, InterruptedException, WrongAnswer, DescriptorValidationException {
        String owner = name.substring(0, name.indexOf('/'));
        UnknownFieldSet response = first(owner);
        if (response.hasField(ERROR)) {
            throw new IllegalArgumentException("it has no service '" + owner + "'" + hint(owner));
        }
        take(response);
        String declaring = files.keySet().iterator().next();
        return new Schema(List.of(descriptor(declaring))).method(name);
    }

    /// Finds out which version the server speaks.
    private UnknownFieldSet first(String owner) throws IOException, InterruptedException, WrongAnswer {
        for (String each : SERVICES) {
            service = each;
            try {
                return ask(FILE_OF_SYMBOL, owner);
            } catch (WrongAnswer e) {
                if (!String.valueOf(e.getMessage()).startsWith("UNIMPLEMENTED")) {
                    throw e;
                }
            }
        }
        throw new IllegalArgumentException("it has no reflection; name its .proto files");
    }

    private String hint(String owner) throws IOException, InterruptedException, WrongAnswer {
        List<String> names = new ArrayList<>();
        for (ByteString list : ask(LIST_SERVICES, "*").getField(SERVICE_LIST).getLengthDelimitedList()) {
            for (ByteString one : fields(list).getField(1).getLengthDelimitedList()) {
                fields(one).getField(1).getLengthDelimitedList().forEach(name -> names.add(name.toStringUtf8()));
            }
        }
        return Nearest.to(owner, names)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("; it has " + String.join(", ", names));
    }

    private FileDescriptor descriptor(String name)
            throws IOException, InterruptedException, WrongAnswer, DescriptorValidationException {
        FileDescriptor known = made.get(name);
        if (known != null) {
            return known;
        }
        FileDescriptorProto file = files.get(name);
        if (file == null) {
            UnknownFieldSet response = ask(FILE_BY_NAME, name);
            take(response);
            file = files.get(name);
            if (file == null) {
                throw new IllegalArgumentException("it does not give the file '" + name + "' that it refers to");
            }
        }
        List<FileDescriptor> imports = new ArrayList<>();
        for (String imported : file.getDependencyList()) {
            imports.add(descriptor(imported));
        }
        FileDescriptor built = FileDescriptor.buildFrom(file, imports.toArray(FileDescriptor[]::new));
        FileDescriptor _ = made.put(name, built);
        return built;
    }

    private void take(UnknownFieldSet response) throws InvalidProtocolBufferException {
        for (ByteString list : response.getField(FILES).getLengthDelimitedList()) {
            for (ByteString one : fields(list).getField(1).getLengthDelimitedList()) {
                FileDescriptorProto file = FileDescriptorProto.parseFrom(one);
                FileDescriptorProto _ = files.putIfAbsent(file.getName(), file);
            }
        }
    }

    private UnknownFieldSet ask(int field, String text) throws IOException, InterruptedException, WrongAnswer {
        byte[] message = UnknownFieldSet.newBuilder()
                .addField(
                        field,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8(text))
                                .build())
                .build()
                .toByteArray();
        GrpcResponse response = call.call("/" + service + "/ServerReflectionInfo", List.of(message), Map.of(), null);
        return UnknownFieldSet.parseFrom(response.last());
    }

    private static UnknownFieldSet fields(ByteString message) throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(message);
    }
}
