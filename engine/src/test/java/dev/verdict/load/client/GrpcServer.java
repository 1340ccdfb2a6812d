package dev.verdict.load.client;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.verdict.proto.ProtoFiles;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Is a server of gRPC, of grpc-java, whose stock answers as it is asked to.
final class GrpcServer {
    /// What it serves.
    static final String PROTO = """
            syntax = "proto3";
            package shop;
            message Item { string sku = 1; int32 count = 2; }
            service Stock {
              rpc Reserve(Item) returns (Item);
              rpc Watch(Item) returns (stream Item);
              rpc Fill(stream Item) returns (Item);
              rpc Chat(stream Item) returns (stream Item);
            }
            """;

    private static final Metadata.Key<String> SHOP = Metadata.Key.of("shop", Metadata.ASCII_STRING_MARSHALLER);

    private final Server server;

    /// How a server reflects.
    enum Reflecting {
        NOT,
        V1,
        V1_ALPHA
    }

    // The old version is deprecated, and that is why it is tried.
    @SuppressWarnings("deprecation")
    GrpcServer(Path proto, Reflecting reflecting) throws IOException {
        ServiceDescriptor stock = ProtoFiles.read(List.of(Files.writeString(proto, PROTO)))
                .files()
                .getFirst()
                .getServices()
                .getFirst();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service(stock))
                .intercept(new OneShop());
        switch (reflecting) {
            case NOT -> {
                // Nothing is told of the service.
            }
            case V1 -> builder.addService(ProtoReflectionServiceV1.newInstance());
            case V1_ALPHA -> builder.addService(io.grpc.protobuf.services.ProtoReflectionService.newInstance());
        }
        server = builder.build().start();
    }

    int port() {
        return server.getPort();
    }

    void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    private static ServerServiceDefinition service(ServiceDescriptor stock) {
        var reserve = method(stock.findMethodByName("Reserve"));
        var watch = method(stock.findMethodByName("Watch"));
        var fill = method(stock.findMethodByName("Fill"));
        var chat = method(stock.findMethodByName("Chat"));
        var described = io.grpc.ServiceDescriptor.newBuilder(stock.getFullName())
                .setSchemaDescriptor((ProtoFileDescriptorSupplier) stock::getFile)
                .addMethod(reserve)
                .addMethod(watch)
                .addMethod(fill)
                .addMethod(chat)
                .build();
        return ServerServiceDefinition.builder(described)
                .addMethod(reserve, ServerCalls.asyncUnaryCall(GrpcServer::reserve))
                .addMethod(watch, ServerCalls.asyncServerStreamingCall(GrpcServer::watch))
                .addMethod(fill, ServerCalls.asyncClientStreamingCall(to -> new Counting(to, false)))
                .addMethod(chat, ServerCalls.asyncBidiStreamingCall(to -> new Counting(to, true)))
                .build();
    }

    private static io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> method(MethodDescriptor method) {
        Descriptor item = method.getInputType();
        var marshaller = ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(item));
        return io.grpc.MethodDescriptor.newBuilder(marshaller, marshaller)
                .setType(
                        method.isClientStreaming()
                                ? method.isServerStreaming()
                                        ? io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING
                                        : io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING
                                : method.isServerStreaming()
                                        ? io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING
                                        : io.grpc.MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .build();
    }

    private static String sku(DynamicMessage item) {
        return (String) item.getField(item.getDescriptorForType().findFieldByName("sku"));
    }

    /// Answers what it is asked, or as the name says.
    private static void reserve(DynamicMessage item, StreamObserver<DynamicMessage> to) {
        switch (sku(item)) {
            case "lost" ->
                to.onError(Status.NOT_FOUND.withDescription("no such sku: é +1").asException());
            case "slow" -> {
                // Until the deadline.
            }
            default -> {
                to.onNext(item);
                to.onCompleted();
            }
        }
    }

    /// Answers as many messages as it is asked for.
    private static void watch(DynamicMessage item, StreamObserver<DynamicMessage> to) {
        var count = item.getDescriptorForType().findFieldByName("count");
        int messages = (Integer) item.getField(count);
        for (int i = 1; i <= messages; i++) {
            to.onNext(item.toBuilder().setField(count, i).build());
        }
        if (sku(item).equals("torn")) {
            to.onError(Status.UNAVAILABLE.asException());
        } else {
            to.onCompleted();
        }
    }

    /// Answers a stream of items with the last and the sum of all counts, or each as it comes.
    private static final class Counting implements StreamObserver<DynamicMessage> {
        private final StreamObserver<DynamicMessage> to;
        private final boolean each;
        private @Nullable DynamicMessage last;
        private int sum;

        Counting(StreamObserver<DynamicMessage> to, boolean each) {
            this.to = to;
            this.each = each;
        }

        @Override
        public void onNext(DynamicMessage item) {
            last = item;
            sum += (Integer) item.getField(item.getDescriptorForType().findFieldByName("count"));
            if (each) {
                to.onNext(item);
            }
        }

        @Override
        public void onError(Throwable gone) {
            // Its client has gone away, and hears nothing any more.
        }

        @Override
        public void onCompleted() {
            DynamicMessage item = last;
            if (!each && item == null) {
                to.onError(Status.INVALID_ARGUMENT
                        .withDescription("nothing to fill")
                        .asException());
                return;
            }
            if (!each && item != null) {
                to.onNext(item.toBuilder()
                        .setField(item.getDescriptorForType().findFieldByName("count"), sum)
                        .build());
            }
            to.onCompleted();
        }
    }

    /// Refuses whom another shop sends.
    private static final class OneShop implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String shop = headers.get(SHOP);
            if (shop != null && !shop.equals("ours")) {
                call.close(Status.PERMISSION_DENIED.withDescription("not " + shop), new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }
}
