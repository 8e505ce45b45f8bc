package io.quarkiverse.posthog.runtime.flags.local;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads property values of test tables: JSON, or a Java type and a text, such as {@code Instant:2026-01-01T00:00:00Z}. */
final class JavaValues {

    private JavaValues() {
    }

    static Object parse(ObjectMapper mapper, String text) throws JsonProcessingException {
        int colon = text.indexOf(':');
        String value = text.substring(colon + 1);
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "Instant" -> Instant.parse(value);
            case "LocalDate" -> LocalDate.parse(value);
            case "LocalDateTime" -> LocalDateTime.parse(value);
            case "OffsetDateTime" -> OffsetDateTime.parse(value);
            case "ZonedDateTime" -> ZonedDateTime.parse(value);
            case "Date" -> Date.from(Instant.parse(value));
            case "UUID" -> UUID.fromString(value);
            case "Float" -> Float.valueOf(value);
            case "Double" -> Double.valueOf(value);
            case "Long" -> Long.valueOf(value);
            case "BigDecimal" -> new BigDecimal(value);
            case "BigInteger" -> new BigInteger(value);
            case "Object" -> new Object();
            case "Tree" -> mapper.readTree(value);
            default -> mapper.readValue(text, Object.class);
        };
    }
}
