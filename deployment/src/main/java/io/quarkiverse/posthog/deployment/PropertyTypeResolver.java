package io.quarkiverse.posthog.deployment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.PrimitiveType;
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
        return switch (type.kind()) {
            case PRIMITIVE -> primitive(type.asPrimitiveType());
            case CLASS -> simple(type.name());
            case PARAMETERIZED_TYPE -> container(type.name(), type.asParameterizedType().arguments());
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
        return known == null && isEnum(name) ? PropertyType.STRING : known;
    }

    private boolean isEnum(DotName name) {
        ClassInfo type = index.getClassByName(name);
        if (type != null) {
            return ENUM.equals(type.superName());
        }
        try {
            // Enums of the JDK, such as DayOfWeek, are not in the index
            return name.toString().startsWith("java.") && Class.forName(name.toString()).isEnum();
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private PropertyType container(DotName name, List<Type> arguments) {
        Type element = arguments.get(arguments.size() - 1);
        if (element.kind() != Type.Kind.CLASS || simple(element.name()) == null) {
            return null;
        }
        if (LISTS.contains(name)) {
            return PropertyType.LIST;
        }
        return MAP.equals(name) && arguments.get(0).name().equals(STRING) ? PropertyType.OBJECT : null;
    }
}
