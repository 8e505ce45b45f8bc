package io.quarkiverse.posthog.query;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Creates a record from a row, with the value of a column for each component. */
final class RowMapping {

    /** Reads components with a structure, such as {@code properties}, which is JSON text. */
    private static final JsonMapper JSON = JsonMapper.builder().addModules(new JavaTimeModule(), new Jdk8Module()).build();

    private static final Pattern JSON_TEXT = Pattern.compile("\\s*[\\[{]");

    private static final Map<Class<?>, Function<Cell, Object>> CONVERSIONS = Map.ofEntries(
            Map.entry(String.class, Cell::string), Map.entry(Object.class, Cell::value),
            Map.entry(Boolean.class, Cell::bool), Map.entry(Integer.class, Cell::int32), Map.entry(Long.class, Cell::int64),
            Map.entry(Double.class, Cell::float64), Map.entry(Float.class, cell -> (float) cell.float64()),
            Map.entry(BigDecimal.class, Cell::decimal), Map.entry(BigInteger.class, Cell::integer),
            Map.entry(UUID.class, Cell::uuid), Map.entry(LocalDate.class, Cell::date),
            Map.entry(Instant.class, Cell::instant), Map.entry(OffsetDateTime.class, Cell::dateTime),
            Map.entry(ZonedDateTime.class, cell -> cell.dateTime().toZonedDateTime()));

    private static final Map<Class<?>, Class<?>> PRIMITIVES = Map.of(boolean.class, Boolean.class, int.class, Integer.class,
            long.class, Long.class, double.class, Double.class, float.class, Float.class);

    private RowMapping() {
    }

    static <T extends Record> T map(QueryRow row, Class<T> type) {
        RecordComponent[] components = components(type);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(row, type, components[i]);
        }
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("The record " + type.getName() + " rejected the values of the row: "
                    + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException("The record " + type.getName() + " can't be created; in a native executable, it"
                    + " needs @RegisterForReflection", e);
        }
    }

    private static RecordComponent[] components(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException(type.getName() + " is not a record; rows can be converted to records only");
        }
        return components;
    }

    private static Object value(QueryRow row, Class<?> type, RecordComponent component) {
        Cell cell = row.cell(column(row, type, component.getName()));
        try {
            return convert(cell, component.getType(), component.getGenericType());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; it is the component '" + component.getName()
                    + "' of the record " + type.getName(), e);
        }
    }

    /**
     * Returns the column with the name of the component, or else with this name in another notation, such as
     * {@code distinct_id} for {@code distinctId}.
     */
    private static String column(QueryRow row, Class<?> type, String component) {
        List<String> names = row.columns().stream().map(QueryColumn::name).toList();
        if (names.contains(component)) {
            return component;
        }
        List<String> similar = names.stream().filter(name -> plain(name).equals(plain(component))).toList();
        if (similar.size() == 1) {
            return similar.get(0);
        }
        throw new IllegalArgumentException("The query result has "
                + (similar.isEmpty() ? "no column '" + component + "'" : "several columns like '" + component + "'")
                + " for the component of the record " + type.getName() + ", but has " + names + "; name it in the query: select"
                + " ... as " + component);
    }

    private static String plain(String name) {
        return name.replaceAll("[_$.\\s]", "").toLowerCase(Locale.ROOT);
    }

    private static Object convert(Cell cell, Class<?> type, Type generic) {
        if (type == Optional.class) {
            Type content = generic instanceof ParameterizedType parameterized ? parameterized.getActualTypeArguments()[0]
                    : Object.class;
            return cell.value() == null ? Optional.empty()
                    : Optional.of(convert(cell, JSON.constructType(content).getRawClass(),
                            content));
        }
        if (cell.value() == null && !type.isPrimitive()) {
            return null;
        }
        if (cell.value() == null) {
            throw cell.problem("value of type " + type.getName(), "; use ifNull(...) in the query, or the type "
                    + PRIMITIVES.getOrDefault(type, Optional.class).getSimpleName());
        }
        Function<Cell, Object> conversion = CONVERSIONS.get(PRIMITIVES.getOrDefault(type, type));
        if (conversion != null) {
            return conversion.apply(cell);
        }
        return structured(cell, JSON.constructType(generic));
    }

    private static Object structured(Cell cell, JavaType type) {
        boolean json = cell.value() instanceof String text && JSON_TEXT.matcher(text).lookingAt();
        try {
            return json ? JSON.readValue(cell.string(), type) : JSON.convertValue(cell.value(), type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw cell.problem("value of type " + type.getRawClass().getSimpleName(),
                    "; select another value, or change the type");
        }
    }
}
