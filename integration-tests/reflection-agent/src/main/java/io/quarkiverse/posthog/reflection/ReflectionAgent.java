package io.quarkiverse.posthog.reflection;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.ProtectionDomain;

/**
 * Instruments the calls of reflection in all classes outside of the JDK. The argument is the file for the accesses, see
 * {@link AccessRecorder}.
 */
public final class ReflectionAgent implements ClassFileTransformer {

    private static final String PACKAGE = ReflectionAgent.class.getPackageName().replace('.', '/') + "/";

    /** Creates the class loader of the application, through which the instrumented calls find {@link AccessRecorder}. */
    private static final String RUNNER = "io/quarkus/bootstrap/runner/";

    private ReflectionAgent() {
    }

    public static void premain(String file, Instrumentation instrumentation) throws IOException {
        AccessRecorder.open(Path.of(file));
        instrumentation.addTransformer(new ReflectionAgent());
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (name == null || name.startsWith(PACKAGE) || name.startsWith(RUNNER) || isJdk(loader, name)) {
            return null;
        }
        try {
            return CallInstrumentation.instrument(bytes);
        } catch (RuntimeException | LinkageError e) {
            // The JVM would ignore it, and load the class without instrumentation
            AccessRecorder.fail("The class " + name + " can't be instrumented", e);
            return null;
        }
    }

    /** The JDK also generates classes, with other class loaders. */
    private static boolean isJdk(ClassLoader loader, String name) {
        return loader == null || loader == ClassLoader.getPlatformClassLoader() || name.startsWith("jdk/")
                || name.startsWith("java/") || name.startsWith("sun/");
    }
}
