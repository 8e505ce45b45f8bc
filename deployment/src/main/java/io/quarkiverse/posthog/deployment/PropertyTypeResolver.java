package io.quarkiverse.posthog.deployment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jboss.jandex.ArrayType;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.PrimitiveType;
import org.jboss.jandex.PrimitiveType.Primitive;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;

import io.quarkiverse.posthog.tracking.PropertyType;

/** Determines the type of a property from the type of its parameter. */
final class PropertyTypeResolver {

    private static final DotName ENUM = DotName.createSimple(Enum.class);
    private static final DotName STRING = DotName.createSimple(String.class);
    private static final DotName MAP = DotName.createSimple(Map.class);
    private static final Set<DotName> LISTS = Set.of(DotName.createSimple(Collection.class), DotName.createSimple(List.class),
            DotName.createSimple(Set.class));

    private static final Map<DotName, PropertyType> CLASSES = new HashMap<>();

    static {
        add(PropertyType.STRING, String.class, Character.class, UUID.class, URI.class);
        add(PropertyType.NUMERIC, Byte.class, Short.class, Integer.class, Long.class, Float.class, Double.class,
                BigDecimal.class, BigInteger.class);
        add(PropertyType.BOOLEAN, Boolean.class);
        add(PropertyType.DATETIME, Instant.class, OffsetDateTime.class, ZonedDateTime.class);
    }

    private final IndexView index;

    /** The records that contain the current type, to find records that contain themselves. */
    private final Set<DotName> outer = new LinkedHashSet<>();
    private String problem;

    /**
     * Creates a resolver.
     *
     * @param index an index that also finds classes of the JDK, such as {@code DayOfWeek}
     */
    PropertyTypeResolver(IndexView index) {
        this.index = index;
    }

    private static void add(PropertyType type, Class<?>... classes) {
        for (Class<?> added : classes) {
            CLASSES.put(DotName.createSimple(added), type);
        }
    }

    /** Returns the type of the property; null if the type of the parameter is not supported. */
    PropertyType resolve(Type type) {
        problem = null;
        outer.clear();
        return typeOf(type);
    }

    /** Returns the component of a record that made the latest type unsupported. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private PropertyType typeOf(Type type) {
        return switch (type.kind()) {
            case PRIMITIVE -> primitive(type.asPrimitiveType());
            case CLASS -> simple(type.name());
            case PARAMETERIZED_TYPE -> container(type.name(), type.asParameterizedType().arguments());
            case ARRAY -> array(type.asArrayType());
            default -> null;
        };
    }

    private static PropertyType primitive(PrimitiveType type) {
        return switch (type.primitive()) {
            case BOOLEAN -> PropertyType.BOOLEAN;
            case CHAR -> PropertyType.STRING;
            default -> PropertyType.NUMERIC;
        };
    }

    private PropertyType simple(DotName name) {
        PropertyType known = CLASSES.get(name);
        ClassInfo type = known == null ? index.getClassByName(name) : null;
        if (type == null) {
            return known;
        }
        if (type.isRecord()) {
            return record(type);
        }
        return ENUM.equals(type.superName()) ? PropertyType.STRING : null;
    }

    private PropertyType record(ClassInfo type) {
        // JSON does not contain the type arguments, and Jackson can't write a record without components
        if (!type.typeParameters().isEmpty() || type.unsortedRecordComponents().isEmpty()) {
            return null;
        }
        if (!outer.add(type.name())) {
            problem = "the record " + type.name() + " contains itself";
            return null;
        }
        for (RecordComponentInfo component : type.unsortedRecordComponents()) {
            if (typeOf(component.type()) == null) {
                if (problem == null) {
                    problem = "the component '" + component.name() + "' of " + type.name() + " has the type "
                            + component.type();
                }
                return null;
            }
        }
        outer.remove(type.name());
        return PropertyType.OBJECT;
    }

    private PropertyType container(DotName name, List<Type> arguments) {
        if (typeOf(arguments.get(arguments.size() - 1)) == null) {
            return null;
        }
        if (LISTS.contains(name)) {
            return PropertyType.LIST;
        }
        return MAP.equals(name) && arguments.get(0).name().equals(STRING) ? PropertyType.OBJECT : null;
    }

    /** Jackson writes {@code byte[]} and {@code char[]} as strings. */
    private PropertyType array(ArrayType type) {
        Type element = type.componentType();
        Primitive primitive = element.kind() == Type.Kind.PRIMITIVE ? element.asPrimitiveType().primitive() : null;
        return primitive == Primitive.BYTE || primitive == Primitive.CHAR || typeOf(element) == null ? null
                : PropertyType.LIST;
    }
}
