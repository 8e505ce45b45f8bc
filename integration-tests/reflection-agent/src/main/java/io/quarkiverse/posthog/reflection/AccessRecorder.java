package io.quarkiverse.posthog.reflection;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes each different access to a file. Static initializers are left out, because in a native executable they run when it
 * is built.
 */
public final class AccessRecorder {

    private static final String EXTENSION = "io.quarkiverse.posthog.";
    private static final String AGENT = AccessRecorder.class.getPackageName() + ".";
    private static final String APPLICATION = "org.acme.";

    private static final StackWalker STACK = StackWalker.getInstance();
    private static final Set<Access> RECORDED = ConcurrentHashMap.newKeySet();

    private static final Set<AccessKind> LISTS = EnumSet.of(AccessKind.CONSTRUCTORS, AccessKind.METHODS, AccessKind.FIELDS);

    private static PrintWriter file;

    private AccessRecorder() {
    }

    static void open(Path path) throws IOException {
        file = new PrintWriter(path.toFile(), StandardCharsets.UTF_8);
    }

    /** Stops the application, because a record with gaps proves nothing. */
    static void fail(String message, Throwable cause) {
        new IllegalStateException(message, cause).printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    /** Called by the instrumented classes, with the method of the JDK, its receiver and arguments, and its result. */
    public static void record(String owner, String method, Object[] arguments, Object result) {
        try {
            recordAll(owner, method, arguments, result);
        } catch (RuntimeException | LinkageError e) {
            fail("The call of " + method + " in " + owner + " can't be recorded", e);
        }
    }

    private static void recordAll(String owner, String method, Object[] arguments, Object result) {
        if (arguments[0] instanceof Method called && LISTS.contains(kindOf(called))) {
            // Jackson supports Java without records, so it lists their components with reflection
            recordAll(internalName(called.getDeclaringClass()), called.getName(), new Object[] { arguments[1] }, null);
        }
        List<StackFrame> frames = STACK.walk(stack -> stack.filter(frame -> !frame.getClassName().startsWith(AGENT)).toList());
        if (frames.stream().anyMatch(frame -> frame.getMethodName().equals("<clinit>"))) {
            return;
        }
        String caller = nearest(frames, EXTENSION).or(() -> nearest(frames, APPLICATION)).orElse("");
        AccessKind kind = ReflectiveCalls.kind(owner, method);
        targets(kind, arguments, result).map(target -> new Access(kind, target, member(kind, arguments, result), caller))
                .forEach(AccessRecorder::write);
    }

    private static AccessKind kindOf(Method method) {
        return ReflectiveCalls.kind(internalName(method.getDeclaringClass()), method.getName());
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static Optional<String> nearest(List<StackFrame> frames, String prefix) {
        Predicate<String> matches = name -> name.startsWith(prefix);
        return frames.stream().map(StackFrame::getClassName).filter(matches).findFirst();
    }

    private static void write(Access access) {
        if (RECORDED.add(access)) {
            synchronized (AccessRecorder.class) {
                file.println(access.line());
                file.flush();
                if (file.checkError()) {
                    fail("The accesses can't be written", new UncheckedIOException(new IOException()));
                }
            }
        }
    }

    private static Stream<String> targets(AccessKind kind, Object[] arguments, Object result) {
        return switch (kind) {
            case CONSTRUCTORS, METHODS, FIELDS, CONSTRUCTOR, METHOD, FIELD -> Stream.of(declaring(arguments).getName());
            case CLASS -> Stream.of(((Class<?>) result).getName());
            case SERVICE -> Stream.of(arguments).filter(Class.class::isInstance).map(type -> ((Class<?>) type).getName());
            case PROXY -> Stream.of((Class<?>[]) arguments[1]).map(Class::getName);
            case BUNDLE -> Stream.of((String) arguments[0]);
            case RESOURCE -> isFound(result) ? Stream.of(resource(arguments)) : Stream.empty();
        };
    }

    /** The receiver is a class or a member; only lookups have the class as the argument. */
    private static Class<?> declaring(Object[] arguments) {
        if (arguments[0] instanceof Class<?> type) {
            return type;
        }
        if (arguments[0] instanceof Member member) {
            return member.getDeclaringClass();
        }
        return (Class<?>) arguments[1];
    }

    private static String member(AccessKind kind, Object[] arguments, Object result) {
        return switch (kind) {
            case METHOD, FIELD -> Stream.of(result, arguments[0]).filter(Member.class::isInstance)
                    .map(member -> ((Member) member).getName()).findFirst()
                    .orElseGet(() -> (String) arguments[2]);
            default -> "";
        };
    }

    private static boolean isFound(Object result) {
        return result instanceof Enumeration<?> urls ? urls.hasMoreElements() : result != null;
    }

    private static String resource(Object[] arguments) {
        String name = (String) arguments[arguments.length - 1];
        if (!(arguments[0] instanceof Class<?> type)) {
            return name;
        }
        return name.startsWith("/") ? name.substring(1) : type.getPackageName().replace('.', '/') + "/" + name;
    }
}
