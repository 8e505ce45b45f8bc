package io.quarkiverse.posthog.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;
import org.jboss.jandex.Type.Kind;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import io.quarkiverse.posthog.api.RestGet;
import io.quarkiverse.posthog.api.RestRequest;
import io.quarkiverse.posthog.api.RestWrite;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;

/**
 * Registers the types to which the application converts responses of any endpoint, such as {@code Annotation} in {@code
 * list(Annotation.class)}. Jandex finds the classes that use the requests, and their bytecode contains the types.
 */
class EndpointModelsProcessor {

    private static final Set<String> REQUESTS = Stream.of(RestRequest.class, RestGet.class, RestWrite.class)
            .map(type -> type.getName().replace('.', '/')).collect(Collectors.toSet());

    /** The parameters of all methods that convert responses. */
    private static final String CLASS_PARAMETER = "(Ljava/lang/Class;)";

    @BuildStep
    void reflection(CombinedIndexBuildItem combined, BuildProducer<ReflectiveHierarchyBuildItem> types) {
        IndexView index = combined.getIndex();
        Set<String> users = new LinkedHashSet<>();
        for (String request : REQUESTS) {
            index.getKnownUsers(DotName.createSimple(request.replace('/', '.'))).stream().map(ClassInfo::name)
                    .map(DotName::toString).forEach(users::add);
        }
        for (String user : users) {
            for (String type : convertedTypes(user)) {
                if (index.getClassByName(type) != null) {
                    types.produce(ReflectiveHierarchyBuildItem.builder(Type.create(DotName.createSimple(type), Kind.CLASS))
                            .source(PostHogProcessor.FEATURE).build());
                }
            }
        }
    }

    /** Returns the types that a class passes as class literals. */
    static Set<String> convertedTypes(String className) {
        Set<String> types = new LinkedHashSet<>();
        try (InputStream bytes = Thread.currentThread().getContextClassLoader()
                .getResourceAsStream(className.replace('.', '/') + ".class")) {
            if (bytes != null) {
                new ClassReader(bytes).accept(new LiteralFinder(types), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The class " + className + " can't be read", e);
        }
        return types;
    }

    /** Finds the calls of requests whose argument is a class literal, which is loaded directly before the call. */
    private static final class LiteralFinder extends ClassVisitor {

        private final Set<String> types;

        LiteralFinder(Set<String> types) {
            super(Opcodes.ASM9);
            this.types = types;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {

                private String literal;

                @Override
                public void visitLdcInsn(Object value) {
                    literal = value instanceof org.objectweb.asm.Type type && type.getSort() == org.objectweb.asm.Type.OBJECT
                            ? type.getClassName()
                            : null;
                }

                @Override
                public void visitVarInsn(int opcode, int variable) {
                    literal = null;
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    literal = null;
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
                    if (literal != null && REQUESTS.contains(owner) && type.startsWith(CLASS_PARAMETER)) {
                        types.add(literal);
                    }
                    literal = null;
                }
            };
        }
    }
}
