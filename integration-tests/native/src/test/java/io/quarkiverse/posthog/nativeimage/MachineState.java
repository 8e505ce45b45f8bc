package io.quarkiverse.posthog.nativeimage;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.tngtech.archunit.core.domain.AccessTarget;

/** Methods and constructors that depend on the machine, the process or the time, or that use resources of the system. */
final class MachineState {

    /** Each call of these types. A name that ends with a dot is a package. */
    private static final List<String> TYPES = List.of("java.util.Random", "java.util.SplittableRandom", "java.util.random.",
            "java.util.concurrent.ThreadLocalRandom", "java.security.", "javax.crypto.", "java.time.Clock", "java.util.Timer",
            "java.lang.Thread", "java.util.concurrent.Executors", "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.ScheduledThreadPoolExecutor", "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.CompletableFuture", "java.io.File", "java.io.RandomAccessFile", "java.io.FileInputStream",
            "java.io.FileOutputStream", "java.nio.file.Files", "java.nio.file.Path", "java.nio.file.Paths",
            "java.nio.file.FileSystem",
            "java.nio.file.FileSystems", "java.nio.channels.", "java.lang.Process", "java.lang.Runtime",
            "java.lang.management.", "java.lang.ref.Cleaner", "java.net.InetAddress", "java.net.NetworkInterface",
            "java.net.Socket", "java.net.ServerSocket", "java.net.http.", "java.util.zip.Deflater", "java.util.zip.Inflater",
            "io.vertx.core.Vertx", "io.vertx.core.buffer.", "io.netty.", "io.quarkus.arc.Arc",
            "io.smallrye.mutiny.infrastructure.", "org.eclipse.microprofile.config.");

    private static final Map<String, Set<String>> METHODS = Map.ofEntries(
            Map.entry("java.lang.System",
                    Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "getProperties", "lineSeparator")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.lang.Boolean", Set.of("getBoolean")),
            Map.entry("java.lang.Integer", Set.of("getInteger")),
            Map.entry("java.lang.Long", Set.of("getLong")),
            Map.entry("java.lang.ProcessHandle", Set.of("current", "of", "allProcesses")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.util.Locale", Set.of("getDefault")),
            Map.entry("java.util.TimeZone", Set.of("getDefault")),
            Map.entry("java.time.ZoneId", Set.of("systemDefault")),
            Map.entry("java.nio.charset.Charset", Set.of("defaultCharset")),
            Map.entry("java.nio.ByteBuffer", Set.of("allocateDirect")),
            Map.entry("java.util.Date", Set.of("<init>")));

    private MachineState() {
    }

    static boolean isUsedBy(AccessTarget target) {
        String owner = target.getOwner().getName();
        boolean now = owner.startsWith("java.time.") && target.getName().equals("now");
        return now || TYPES.stream().anyMatch(type -> matches(owner, type))
                || METHODS.getOrDefault(owner, Set.of()).contains(target.getName());
    }

    private static boolean matches(String owner, String type) {
        return type.endsWith(".") ? owner.startsWith(type) : owner.equals(type) || owner.startsWith(type + "$");
    }
}
