package io.quarkiverse.posthog.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * The value of a column in one row, converted to the type that the caller needs. PostHog returns JSON: dates, UUIDs and values
 * of event properties are text, and ClickHouse returns numbers instead of booleans.
 */
record Cell(String column, Object value) {

    /** The maximum length of values in messages. Longer values are truncated. */
    private static final int MAX_SHOWN = 50;

    /** The maximum number of digits. Parsing longer numbers, which can be arbitrary text, takes too long. */
    private static final int MAX_DIGITS = 1000;

    private static final int UUID_LENGTH = 36;

    private static final int DATE_LENGTH = 10;

    String string() {
        return value == null ? null : value.toString();
    }

    boolean bool() {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Number && decimal().compareTo(BigDecimal.ONE) == 0) {
            return true;
        }
        if (value instanceof Number && decimal().signum() == 0) {
            return false;
        }
        return switch (String.valueOf(value)) {
            case "true", "True", "TRUE", "1" -> true;
            case "false", "False", "FALSE", "0" -> false;
            default -> throw problem("boolean", value == null ? "; use ifNull(..., false) in the query"
                    : "; select a comparison, or a value that is true, false, 1 or 0");
        };
    }

    int int32() {
        return whole("32 bits", "; use getLong or getDecimal", BigDecimal::intValueExact);
    }

    long int64() {
        return whole("64 bits", "; use getDecimal or getDouble", BigDecimal::longValueExact);
    }

    private <T> T whole(String size, String fix, Function<BigDecimal, T> conversion) {
        try {
            return conversion.apply(number());
        } catch (ArithmeticException e) {
            throw problem("whole number of " + size, fix);
        }
    }

    double float64() {
        return number().doubleValue();
    }

    BigDecimal decimal() {
        return value == null ? null : number();
    }

    BigInteger integer() {
        return value == null ? null : whole("at most " + MAX_DIGITS + " digits", "; use a BigDecimal", number -> {
            // Such as 1E+999999999, which would need that many digits
            if ((long) number.precision() - number.scale() > MAX_DIGITS) {
                throw new ArithmeticException();
            }
            return number.toBigIntegerExact();
        });
    }

    private BigDecimal number() {
        try {
            if (value instanceof Number || value instanceof String text && text.length() <= MAX_DIGITS) {
                return new BigDecimal(value.toString().strip());
            }
        } catch (NumberFormatException e) {
            // Not a number, or NaN or infinite
        }
        throw problem("number", value == null ? "; use ifNull(..., 0) in the query, or a type that can be null"
                : "; convert it in the query, such as with toFloat(...)");
    }

    UUID uuid() {
        return text("UUID", "; use getString for other IDs", text -> {
            if (text.length() != UUID_LENGTH) {
                throw new IllegalArgumentException("not the canonical form");
            }
            return UUID.fromString(text);
        });
    }

    /** Returns the date as written. Also accepts a date with time, such as the result of {@code toStartOfDay}. */
    LocalDate date() {
        return text("date", "; convert it in the query with toDate(...)", text -> {
            boolean hasTime = text.length() > DATE_LENGTH && "T ".indexOf(text.charAt(DATE_LENGTH)) >= 0;
            return LocalDate.parse(hasTime ? text.substring(0, DATE_LENGTH) : text);
        });
    }

    OffsetDateTime dateTime() {
        return text("date with time and zone",
                "; select a DateTime, which PostHog returns with its zone, or use getDate or getString", OffsetDateTime::parse);
    }

    Instant instant() {
        OffsetDateTime dateTime = dateTime();
        return dateTime == null ? null : dateTime.toInstant();
    }

    List<?> list() {
        if (value == null || value instanceof List<?>) {
            return (List<?>) value;
        }
        throw problem("list", "; select an array, or a tuple");
    }

    private <T> T text(String expectedType, String fix, Function<String, T> conversion) {
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            try {
                return conversion.apply(text.strip());
            } catch (DateTimeException | IllegalArgumentException e) {
                // Reported below with the column
            }
        }
        throw problem(expectedType, fix);
    }

    IllegalArgumentException problem(String expectedType, String fix) {
        return new IllegalArgumentException(
                "The column '" + column + "' does not contain a " + expectedType + ", but " + kind() + fix);
    }

    /** Describes the value for a message. */
    private String kind() {
        if (value == null) {
            return "null";
        }
        String text = value.toString();
        String shown = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
        if (value instanceof String) {
            return "the text '" + shown + "'";
        }
        return (value instanceof Number ? "the number "
                : value instanceof Boolean ? "the boolean " : value instanceof Map ? "the object " : "the list ") + shown;
    }
}
