package io.quarkiverse.posthog.lua.engine.library;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;

import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.interpreter.ByteBuilder;

/** Formats a date with the conversions of {@code strftime}, in English. */
final class DateFormat {

    private final LuaState state;
    private final LocalDateTime time;

    DateFormat(LuaState state, LocalDateTime time) {
        this.state = state;
        this.time = time;
    }

    String format(String pattern) {
        ByteBuilder result = new ByteBuilder(state.execution());
        for (int i = 0; i < pattern.length(); i++) {
            state.steps(1);
            char c = pattern.charAt(i);
            if (c != '%') {
                result.append(c);
            } else {
                i++;
                result.append(convert(i < pattern.length() ? pattern.charAt(i) : '\0'));
            }
        }
        return result.finish();
    }

    private String convert(char conversion) {
        return switch (conversion) {
            case 'a' -> java("EEE");
            case 'A' -> java("EEEE");
            case 'b', 'h' -> java("MMM");
            case 'B' -> java("MMMM");
            case 'c' -> java("EEE MMM") + " " + padded(time.getDayOfMonth(), ' ') + java(" HH:mm:ss ") + time.getYear();
            case 'C' -> padded(Math.floorDiv(time.getYear(), 100), '0');
            case 'd' -> java("dd");
            case 'D', 'x' -> java("MM/dd/yy");
            case 'e' -> padded(time.getDayOfMonth(), ' ');
            case 'F' -> time.getYear() + java("-MM-dd");
            case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> padded(Math.floorMod(time.get(IsoFields.WEEK_BASED_YEAR), 100), '0');
            case 'H' -> java("HH");
            case 'I' -> java("hh");
            case 'j' -> java("DDD");
            case 'm' -> java("MM");
            case 'M' -> java("mm");
            case 'n' -> "\n";
            case 'p' -> java("a");
            case 'r' -> java("hh:mm:ss a");
            case 'R' -> java("HH:mm");
            case 'S' -> java("ss");
            case 's' -> String.valueOf(time.toEpochSecond(ZoneOffset.UTC));
            case 't' -> "\t";
            case 'T', 'X' -> java("HH:mm:ss");
            case 'u' -> String.valueOf(time.getDayOfWeek().getValue());
            case 'U' -> padded((time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7, '0');
            case 'V' -> padded(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), '0');
            case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
            case 'W' -> padded((time.getDayOfYear() + 6 - (time.getDayOfWeek().getValue() + 6) % 7) / 7, '0');
            case 'y' -> padded(Math.floorMod(time.getYear(), 100), '0');
            case 'Y' -> String.valueOf(time.getYear());
            case 'z' -> "+0000";
            case 'Z' -> "UTC";
            case '%' -> "%";
            default -> throw state.argumentError("date", 1, "invalid conversion specifier '%" + conversion + "'");
        };
    }

    private String java(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }

    private static String padded(int number, char fill) {
        return number >= 0 && number < 10 ? fill + String.valueOf(number) : String.valueOf(number);
    }
}
