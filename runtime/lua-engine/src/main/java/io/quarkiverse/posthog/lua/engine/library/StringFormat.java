package io.quarkiverse.posthog.lua.engine.library;

import java.math.BigDecimal;
import java.util.Locale;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.interpreter.ByteBuilder;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.NumberFormat;

/** A call of the function {@code format}. */
final class StringFormat {

    private static final String FLAGS = "-+ #0";

    private final Execution execution;
    private final LuaArguments arguments;
    private final String format;
    private final ByteBuilder result;
    private int position;
    private int argument = 1;

    private boolean left;
    private boolean plus;
    private boolean space;
    private boolean alternative;
    private boolean zero;
    private int width;
    private int precision;

    StringFormat(Execution execution, LuaArguments arguments) {
        this.execution = execution;
        this.arguments = arguments;
        this.format = arguments.string(1);
        this.result = new ByteBuilder(execution);
    }

    String run() {
        while (position < format.length()) {
            char c = format.charAt(position++);
            execution.steps(1);
            if (c != '%') {
                result.append(c);
            } else if (position < format.length() && format.charAt(position) == '%') {
                position++;
                result.append('%');
            } else {
                readFlags();
                convert(position < format.length() ? format.charAt(position++) : '\0');
            }
        }
        return result.finish();
    }

    private void readFlags() {
        left = plus = space = alternative = zero = false;
        int start = position;
        while (position < format.length() && FLAGS.indexOf(format.charAt(position)) >= 0) {
            switch (format.charAt(position++)) {
                case '-' -> left = true;
                case '+' -> plus = true;
                case ' ' -> space = true;
                case '#' -> alternative = true;
                default -> zero = true;
            }
            if (position - start > FLAGS.length()) {
                throw execution.error("invalid format (repeated flags)");
            }
        }
        width = readDigits(0);
        precision = -1;
        if (position < format.length() && format.charAt(position) == '.') {
            position++;
            precision = readDigits(0);
        }
    }

    private int readDigits(int initial) {
        int value = initial;
        int digits = 0;
        while (position < format.length() && CharacterClass.isDigit(format.charAt(position))) {
            if (++digits > 2) {
                throw execution.error("invalid format (width or precision too long)");
            }
            value = value * 10 + format.charAt(position++) - '0';
        }
        return value;
    }

    private void convert(char conversion) {
        execution.steps(5);
        int number = ++argument;
        switch (conversion) {
            case 'c' -> pad("", String.valueOf((char) (arguments.integer(number) & 0xFF)), false);
            case 'd', 'i' -> integer(decimal(number));
            case 'u' -> unsigned(Long.toUnsignedString(unsignedBits(number)), "");
            case 'o' -> unsigned(Long.toOctalString(unsignedBits(number)), alternative ? "0" : "");
            case 'x' -> unsigned(Long.toHexString(unsignedBits(number)), alternative ? "0x" : "");
            case 'X' -> unsigned(upper(Long.toHexString(unsignedBits(number))), alternative ? "0X" : "");
            case 'e', 'E', 'f', 'F', 'g', 'G', 'a', 'A' -> real(conversion, arguments.real(number));
            case 'q' -> quote(arguments.string(number));
            case 's' -> string(TextConversion.toText(execution, arguments.any(number)));
            default -> throw execution.error("invalid option '%" + (conversion == 0 ? "" : conversion) + "' to 'format'");
        }
    }

    /** Returns the digits of an integer with its sign. Drops a fraction. */
    private String decimal(int number) {
        Number value = arguments.number(number);
        if (value instanceof Double real) {
            if (!(real >= -0x1p63 && real < 0x1p63)) {
                throw arguments.error(number, "not a number in proper range");
            }
            return Long.toString(real.longValue());
        }
        return value.toString();
    }

    private long unsignedBits(int number) {
        Number value = arguments.number(number);
        if (value instanceof Double real && (real.isNaN() || real >= 0x1p64 || real < -0x1p63)) {
            throw arguments.error(number, "not a number in proper range");
        }
        return value instanceof Double real && real >= 0x1p63 ? new BigDecimal(real).toBigInteger().longValue()
                : value.longValue();
    }

    private void integer(String digits) {
        boolean negative = digits.startsWith("-");
        number(sign(negative), minimumDigits(negative ? digits.substring(1) : digits), precision < 0);
    }

    private void unsigned(String digits, String prefix) {
        number(digits.equals("0") ? "" : prefix, minimumDigits(digits), precision < 0);
    }

    private String minimumDigits(String digits) {
        if (precision == 0 && digits.equals("0")) {
            return "";
        }
        return digits.length() < precision ? "0".repeat(precision - digits.length()) + digits : digits;
    }

    private String sign(boolean negative) {
        return negative ? "-" : plus ? "+" : space ? " " : "";
    }

    private void real(char conversion, double value) {
        int digits = precision < 0 ? 6 : precision;
        String text = switch (conversion) {
            case 'e', 'E' -> NumberFormat.scientific(value, digits, alternative);
            case 'f', 'F' -> NumberFormat.fixed(value, digits, alternative);
            case 'g', 'G' -> NumberFormat.general(value, digits, alternative);
            default -> NumberFormat.hexadecimal(value, precision);
        };
        boolean negative = text.startsWith("-");
        String unsigned = negative ? text.substring(1) : text;
        boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
        String prefix = unsigned.startsWith("0x") ? "0x" : "";
        unsigned = unsigned.substring(prefix.length());
        if (conversion < 'a') {
            prefix = upper(prefix);
            unsigned = upper(unsigned);
        }
        number(sign(negative) + prefix, unsigned, finite);
    }

    private void number(String sign, String digits, boolean zeros) {
        pad(sign, digits, zeros && zero);
    }

    private void pad(String sign, String text, boolean zeros) {
        int missing = Math.max(0, width - sign.length() - text.length());
        if (!left && !zeros) {
            result.append(" ".repeat(missing));
        }
        result.append(sign);
        if (!left && zeros) {
            result.append("0".repeat(missing));
        }
        result.append(text);
        if (left) {
            result.append(" ".repeat(missing));
        }
    }

    private void string(String text) {
        pad("", precision >= 0 && precision < text.length() ? text.substring(0, precision) : text, false);
    }

    private void quote(String text) {
        result.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            execution.steps(1);
            if (c == '"' || c == '\\' || c == '\n') {
                result.append('\\');
                result.append(c);
            } else if (c < 32 || c == 127) {
                boolean digitFollows = i + 1 < text.length() && CharacterClass.isDigit(text.charAt(i + 1));
                result.append('\\');
                result.append(digitFollows ? "0".repeat(c < 10 ? 2 : c < 100 ? 1 : 0) + (int) c : String.valueOf((int) c));
            } else {
                result.append(c);
            }
        }
        result.append('"');
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
