package io.quarkiverse.posthog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate.RolloutChange;

/** Nobody changes what a record of the API holds: not by its accessors. */
class UnmodifiableRecordsTest {

    /** Collections that can be changed, and what is not null. */
    private static final Map<Class<?>, Object> VALUES = Map.of(
            String.class, "text",
            Instant.class, Instant.EPOCH,
            Duration.class, Duration.ZERO,
            Optional.class, Optional.empty(),
            OptionalLong.class, OptionalLong.empty(),
            Throwable.class, new IllegalStateException(),
            Paging.class, Paging.ALL,
            Map.class, new LinkedHashMap<>(),
            List.class, new ArrayList<>(),
            Set.class, new HashSet<>());

    static Stream<Class<?>> records() {
        return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.quarkiverse.posthog").stream()
                .filter(type -> !type.getPackageName().startsWith("io.quarkiverse.posthog.runtime"))
                .map(JavaClass::reflect)
                .filter(type -> type.isRecord() && Modifier.isPublic(type.getModifiers())
                        && Arrays.stream(type.getRecordComponents())
                                .anyMatch(component -> isCollection(component.getType())));
    }

    @ParameterizedTest
    @MethodSource("records")
    void collectionsCanNotBeChanged(Class<?> type) throws Exception {
        Object made = make(type);

        for (RecordComponent component : type.getRecordComponents()) {
            if (isCollection(component.getType())) {
                assertUnmodifiable(component, component.getAccessor().invoke(made));
            }
        }
    }

    private static void assertUnmodifiable(RecordComponent component, Object value) {
        assertThat(value).as(component.toString()).isNotNull();
        assertThatExceptionOfType(UnsupportedOperationException.class).as(component.toString())
                .isThrownBy(() -> add(value));
    }

    @SuppressWarnings("unchecked")
    private static void add(Object value) {
        if (value instanceof Map<?, ?> map) {
            ((Map<Object, Object>) map).put("key", "value");
        } else {
            ((Collection<Object>) value).add("value");
        }
    }

    private static boolean isCollection(Class<?> type) {
        return Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type);
    }

    private static Object make(Class<?> type) throws ReflectiveOperationException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = value(types[i]);
        }
        return constructor.newInstance(values);
    }

    private static Object value(Class<?> type) throws ReflectiveOperationException {
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        // Of the values of an update, only some may be given
        return type.isRecord() && !VALUES.containsKey(type) && type != RolloutChange.class ? make(type)
                : VALUES.get(type);
    }
}
