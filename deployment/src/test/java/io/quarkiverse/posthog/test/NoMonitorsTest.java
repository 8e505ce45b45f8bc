package io.quarkiverse.posthog.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;

/**
 * A virtual thread that waits for a monitor, or while it has one, holds its carrier thread in some versions of Java. There
 * are locks for that.
 */
class NoMonitorsTest {

    @ParameterizedTest
    @ValueSource(classes = { PostHog.class, LocalEvaluator.class })
    void nothingInTheRuntimeIsSynchronized(Class<?> type) throws Exception {
        Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());

        List<String> found = Files.isDirectory(place) ? monitors(place) : monitorsInJar(place);

        assertThat(found).isEmpty();
    }

    @Test
    void aMonitorWouldBeFound() throws IOException {
        class Guilty {
            synchronized void method() {
            }

            void block() {
                synchronized (this) {
                    method();
                }
            }
        }
        try (var bytes = Guilty.class.getResourceAsStream("NoMonitorsTest$1Guilty.class")) {
            assertThat(monitors(bytes.readAllBytes())).hasSize(2);
        }
    }

    private static List<String> monitorsInJar(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            return monitors(files.getPath("/"));
        }
    }

    private static List<String> monitors(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(classes).hasSizeGreaterThan(40);
            return classes.stream().flatMap(file -> monitors(read(file)).stream()).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> monitors(byte[] bytes) {
        List<String> found = new ArrayList<>();
        ClassReader reader = new ClassReader(bytes);
        reader.accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                    String[] exceptions) {
                if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                    found.add(reader.getClassName() + "." + name);
                }
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitInsn(int opcode) {
                        if (opcode == Opcodes.MONITORENTER) {
                            found.add(reader.getClassName() + "." + name);
                        }
                    }
                };
            }
        }, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return found;
    }
}
