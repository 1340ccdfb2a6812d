package dev.verdict.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.stream.Stream;

/// Ends the JVM.
///
/// Java's own way waits 0.3 s for threads that are in native code, and the one that polls sockets
/// for virtual threads always is (`VM_Exit::wait_for_threads_in_native_to_block` of HotSpot). Where
/// there is one, the C library ends the process.
final class Ending {
    private static volatile boolean foreignCode;

    private Ending() {}

    /// Notes that code of the user's own runs in this JVM: it may have asked to be told of the end.
    static void foreignCode() {
        foreignCode = true;
    }

    /// Ends the JVM, whatever still runs in it.
    static void exit(int code) {
        if (!foreignCode && polls()) {
            halt(code);
        }
        System.exit(code);
    }

    /// Ends the JVM at once, without its shutdown hooks.
    static void halt(int code) {
        if (polls()) {
            System.out.flush();
            System.err.flush();
            try {
                function().invokeExact(code);
            } catch (Throwable e) {
                // Not with this C library: Java's own way does the same, only later.
                Runtime.getRuntime().halt(code);
            }
        }
        Runtime.getRuntime().halt(code);
    }

    /// Returns what ends a process. The jar allows it to be called.
    @SuppressWarnings("restricted")
    static MethodHandle function() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find("_exit").orElseThrow(), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    }

    private static boolean polls() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[2 * all.activeCount() + 16];
        int count = all.enumerate(threads);
        return Stream.of(threads)
                .limit(count)
                .anyMatch(thread -> thread.getName().endsWith("Poller"));
    }
}
