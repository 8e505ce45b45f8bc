package io.quarkiverse.posthog.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * Verifies that static initializers do not depend on the machine or the time. When Quarkus builds a native executable, all
 * classes are initialized, so each process would have the state of the build: the same random numbers, an old time, the name of
 * another host.
 */
class BuildTimeStateTest {

    private static final String EXTENSION = "io.quarkiverse.posthog";

    /** Classes that Quarkus uses while it initializes {@code ApplicationImpl}, such as recorders of static initialization. */
    private static final Set<String> STATIC_INIT = Set.of(EXTENSION + ".runtime.gating.GatingRecorder",
            EXTENSION + ".runtime.gating.FeatureGateDynamicFeature", EXTENSION + ".runtime.mcp.McpRecorder",
            EXTENSION + ".runtime.config.AccountConfigInterceptor$Factory");

    private static JavaClasses extension;

    @BeforeAll
    static void read() {
        extension = new ClassFileImporter()
                .withImportOptions(List.of(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS,
                        location -> !location.contains("/posthog/nativeimage/"),
                        location -> !location.contains("quarkus-posthog-test") && !location.contains("/runtime/test/"),
                        location -> !location.contains("reflection-agent")))
                .importPackages(EXTENSION);
    }

    @Tag("NAT-3")
    @Test
    void staticInitializersOfTheExtensionDoNotUseTheStateOfTheMachine() {
        assertThat(extension.stream().map(JavaClass::getPackageName)).contains(EXTENSION, EXTENSION + ".runtime.capture",
                EXTENSION + ".runtime.flags.local", EXTENSION + ".runtime.functions", EXTENSION + ".runtime.mcp");
        assertThat(extension.stream().map(JavaClass::getName)).containsAll(STATIC_INIT);
        assertThat(extension.stream().flatMap(BuildTimeStateTest::problems)).isEmpty();
    }

    @Test
    void stateIsFoundInStaticInitializersAndInWhatTheyCall() {
        JavaClasses samples = new ClassFileImporter().importClasses(InField.class, InConstructor.class, InLambda.class,
                Holder.class, WhenCalled.class);

        assertThat(samples.stream().filter(type -> problems(type).findAny().isPresent()).map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("InField", "InConstructor", "InLambda");
    }

    /**
     * Follows the calls from static initialization within the extension. Lambdas of static initializers may not use the state
     * of the machine either, because a stream calls them immediately, but are not followed: most are called later.
     */
    private static Stream<String> problems(JavaClass type) {
        List<String> problems = new ArrayList<>();
        Stream<? extends JavaCodeUnit> initializers = STATIC_INIT.contains(type.getName()) ? type.getCodeUnits().stream()
                : type.getStaticInitializer().stream();
        initializers.forEach(initializer -> follow(initializer, initializer.getFullName(), new HashSet<>(), problems));
        return problems.stream();
    }

    private static void follow(JavaCodeUnit code, String path, Set<JavaCodeUnit> visited, List<String> problems) {
        if (!visited.add(code)) {
            return;
        }
        Stream.of(code.getCallsFromSelf(), code.getMethodReferencesFromSelf(), code.getConstructorReferencesFromSelf())
                .flatMap(Set::stream).map(access -> (JavaAccess<?>) access).forEach(access -> {
                    String step = path + " -> " + access.getTarget().getFullName();
                    if (MachineState.isUsedBy(access.getTarget())) {
                        // A method only creates the lambda, which is called later
                        if (!access.isDeclaredInLambda() || code instanceof JavaStaticInitializer) {
                            problems.add(step);
                        }
                    } else if (access instanceof JavaCall && !access.isDeclaredInLambda()) {
                        targets(access).forEach(target -> follow(target, step, visited, problems));
                    }
                });
    }

    /** The called method, and all methods that override it. */
    private static Stream<JavaCodeUnit> targets(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        if (!owner.getPackageName().startsWith(EXTENSION)) {
            return Stream.empty();
        }
        Stream<JavaClass> types = Stream.of(List.of(owner), owner.getAllRawSuperclasses(), owner.getAllSubclasses())
                .flatMap(Collection::stream);
        return types.flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getName().equals(name) && (!name.equals("<init>") || unit.getOwner().equals(owner)));
    }

    static class InField {

        static final long TIME = System.nanoTime();
    }

    static class InConstructor {

        static final Holder HOLDER = new Holder();
    }

    static class InLambda {

        static final List<String> NAMES = Stream.of("HOME").map(name -> System.getenv(name)).toList();
    }

    static class Holder {

        final SecureRandom random = new SecureRandom();
    }

    static class WhenCalled {

        static final String NAME = "name";

        long time() {
            return System.nanoTime();
        }
    }
}
