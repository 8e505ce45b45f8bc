package io.quarkiverse.posthog.runtime.functions.arguments;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.functions.CallableDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Problem;
import io.quarkiverse.posthog.runtime.functions.FunctionException;
import io.quarkiverse.posthog.runtime.functions.FunctionParameter;
import io.quarkiverse.posthog.runtime.functions.arguments.Cursor.Scope;
import io.quarkiverse.posthog.runtime.support.SecretMask;

/** Validates the arguments of a call, and reports all problems at once. */
public final class ArgumentValidator {

    /** The name of the parameter that continues a list. */
    public static final String CURSOR = "cursor";

    /** The parameters that do not select rows, and may therefore differ from the call that created a cursor. */
    private static final Set<String> NOT_OF_CURSORS = Set.of(CURSOR, "limit", "fields");

    private static final int MAX_DEPTH = 100;
    private static final int MAX_SHOWN = 60;
    private static final int MAX_UNKNOWN = 50;
    private static final SecretMask KEYS = new SecretMask(List.of());

    private final CallableDefinition function;
    private final String account;
    private final List<Problem> problems = new ArrayList<>();

    private ArgumentValidator(CallableDefinition function, String account) {
        this.function = function;
        this.account = account;
    }

    /**
     * @param account the account to which cursors belong
     * @throws FunctionException if the arguments are invalid
     */
    public static Arguments validate(CallableDefinition function, String account, Map<String, ?> arguments) {
        return new ArgumentValidator(function, account).validate(arguments);
    }

    private Arguments validate(Map<String, ?> arguments) {
        Map<String, Object> given = new LinkedHashMap<>(arguments);
        given.remove(FunctionDefinition.ACCOUNT);
        given.values().removeIf(Objects::isNull);
        given.keySet().stream().filter(name -> function.parameter(name).isEmpty()).limit(MAX_UNKNOWN)
                .forEach(this::addUnknown);
        ObjectNode position = continued(given);
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> filters = new LinkedHashMap<>();
        for (FunctionParameter parameter : function.parameters()) {
            Object value = value(parameter, given);
            if (value != null) {
                values.put(parameter.name(), value);
                if (given.containsKey(parameter.name()) && !NOT_OF_CURSORS.contains(parameter.name())) {
                    filters.put(parameter.name(), given.get(parameter.name()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new FunctionException(error());
        }
        return new Arguments(values, new Scope(function.name(), account, filters), position);
    }

    private void addUnknown(String name) {
        List<String> names = function.parameters().stream().map(FunctionParameter::name).toList();
        List<String> near = NearestNames.of(name, names, 1);
        problems.add(new Problem(printable(name), "the function has no parameter " + shown(name)
                + (near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?"), "one of " + String.join(", ", names), null));
    }

    /** Adds the arguments of the call that created the cursor. Returns the position; null without a valid cursor. */
    private ObjectNode continued(Map<String, Object> given) {
        if (!(given.get(CURSOR) instanceof String text) || function.parameter(CURSOR).isEmpty() || text.isBlank()) {
            return null;
        }
        Cursor cursor;
        try {
            cursor = Cursor.decode(text);
        } catch (IllegalArgumentException e) {
            problem(CURSOR, "cursor must be the value of next in an earlier result, but is " + shown(text));
            return null;
        }
        if (!cursor.scope().function().equals(function.name())) {
            problem(CURSOR, "cursor belongs to " + shown(cursor.scope().function()) + ", not to " + function.name());
        } else if (!cursor.scope().account().equals(account)) {
            problem(CURSOR, "cursor belongs to account " + shown(cursor.scope().account()) + ", not to '" + account + "'");
        } else {
            given.forEach((name, value) -> {
                if (!NOT_OF_CURSORS.contains(name) && !isSame(value, cursor.scope().filters().get(name))) {
                    problem(name, name + " differs from the call that created the cursor; omit " + name
                            + ", or omit the cursor to start again");
                }
            });
            cursor.scope().filters().forEach(given::putIfAbsent);
            return cursor.position();
        }
        return null;
    }

    private void problem(String field, String message) {
        FunctionParameter parameter = function.parameter(field).orElse(null);
        problems.add(new Problem(field, message, parameter == null ? null : parameter.expected(),
                parameter == null ? null : parameter.example()));
    }

    private static boolean isSame(Object value, Object other) {
        return value instanceof Number && other instanceof Number ? value.toString().equals(other.toString())
                : value.equals(other);
    }

    /** Returns the value of a parameter in the type of Java, or its default; null if there is none. */
    private Object value(FunctionParameter parameter, Map<String, Object> given) {
        Object value = given.get(parameter.name());
        if (isPresent(value)) {
            Object converted = converted(parameter, value);
            if (converted == null) {
                problem(parameter.name(), parameter.name() + " must be " + parameter.expected() + ", but is " + shown(value));
            }
            return converted;
        }
        if (parameter.required() && (parameter.alternative() == null || !isPresent(given.get(parameter.alternative())))) {
            problem(parameter.name(), parameter.alternative() == null ? parameter.name() + " is required"
                    : parameter.name() + " or " + parameter.alternative() + " is required");
        }
        Object standard = parameter.defaultValue();
        return standard instanceof Integer number ? (Object) number.longValue() : standard;
    }

    /** Returns whether there is a value. Blank text counts as missing. */
    private static boolean isPresent(Object value) {
        return value != null && !(value instanceof String text && text.isBlank());
    }

    /** Returns null if the value is invalid. */
    private Object converted(FunctionParameter parameter, Object value) {
        return switch (parameter.type()) {
            case STRING -> value instanceof String text ? text(parameter, text) : null;
            case TIMESTAMP -> value instanceof String text ? instant(text) : null;
            case UUID -> value instanceof String text ? uuid(text) : null;
            case INTEGER -> value instanceof Number number ? integer(parameter, number) : null;
            case BOOLEAN -> value instanceof Boolean ? value : null;
            case OBJECT -> value instanceof Map<?, ?> map && isUsable(map, 0) ? map : null;
            case STRINGS -> value instanceof Collection<?> list ? texts(parameter, list) : null;
        };
    }

    private static String text(FunctionParameter parameter, String text) {
        boolean allowed = parameter.allowed().isEmpty() || parameter.allowed().contains(text);
        return allowed && (parameter.maximum() == null || text.length() <= parameter.maximum()) ? text : null;
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static UUID uuid(String text) {
        try {
            // Accepts shortened forms otherwise
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Long integer(FunctionParameter parameter, Number number) {
        try {
            // Scripts and some clients write whole numbers as 5.0
            String text = number.toString();
            long value = text.length() > 30 ? Long.parseLong(text) : new BigDecimal(text).longValueExact();
            boolean inRange = (parameter.minimum() == null || value >= parameter.minimum())
                    && (parameter.maximum() == null || value <= parameter.maximum());
            return inRange ? value : null;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static List<String> texts(FunctionParameter parameter, Collection<?> list) {
        boolean valid = list.stream().allMatch(element -> element instanceof String text && !text.isBlank())
                && (parameter.maximum() == null || list.size() <= parameter.maximum());
        return valid ? list.stream().map(String.class::cast).toList() : null;
    }

    /** Returns whether all keys are text, and the value is not nested too deeply. */
    private static boolean isUsable(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .allMatch(entry -> entry.getKey() instanceof String && isUsable(entry.getValue(), depth + 1));
        }
        return !(value instanceof Collection<?> list) || list.stream().allMatch(element -> isUsable(element, depth + 1));
    }

    private static String shown(Object value) {
        if (value instanceof String text) {
            return "\"" + printable(text) + "\"";
        }
        if (value instanceof Map) {
            return "an object";
        }
        return value instanceof Collection ? "an array" : KEYS.truncated(String.valueOf(value), MAX_SHOWN);
    }

    private static String printable(String text) {
        return KEYS.truncated(text, MAX_SHOWN).codePoints().filter(c -> !Character.isISOControl(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private FunctionError error() {
        String message = problems.stream().map(Problem::message).distinct().limit(10).collect(Collectors.joining("; "));
        FunctionError error = FunctionError.of(FunctionError.Type.VALIDATION, message).problems(problems)
                .field(problems.get(0).field()).hint("Correct the arguments and call the function again.");
        return problems.size() > 1 ? error
                : function.parameter(problems.get(0).field()).map(parameter -> error.allowed(parameter.allowed()))
                        .orElse(error);
    }
}
