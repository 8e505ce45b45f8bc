package io.quarkiverse.posthog.lua.engine.interpreter;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Formats doubles as the conversions {@code %e}, {@code %f}, {@code %g} and {@code %a} of C do, without sign flags and padding.
 */
public final class NumberFormat {

    private NumberFormat() {
    }

    /** Formats as {@code %f}. */
    public static String fixed(double value, int precision, boolean alternative) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        String text = new BigDecimal(Math.abs(value)).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
        return sign(value) + text + (alternative && precision == 0 ? "." : "");
    }

    /** Formats as {@code %e}. */
    public static String scientific(double value, int precision, boolean alternative) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        if (value == 0) {
            return sign(value) + withPoint("0".repeat(precision + 1), 1, alternative) + "e+00";
        }
        BigDecimal rounded = round(value, precision + 1);
        String digits = digits(rounded, precision + 1);
        return sign(value) + withPoint(digits, 1, alternative) + exponent(exponentOf(rounded));
    }

    /** Formats as {@code %g}. The fraction keeps its zeros if alternative. */
    public static String general(double value, int givenPrecision, boolean alternative) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        int precision = givenPrecision == 0 ? 1 : givenPrecision;
        if (value == 0) {
            return sign(value) + (alternative ? withPoint("0".repeat(precision), 1, true) : "0");
        }
        BigDecimal rounded = round(value, precision);
        int exponent = exponentOf(rounded);
        String digits = digits(rounded, precision);
        if (!alternative) {
            int end = digits.length();
            while (end > 1 && digits.charAt(end - 1) == '0') {
                end--;
            }
            digits = digits.substring(0, end);
        }
        if (exponent < -4 || exponent >= precision) {
            return sign(value) + withPoint(digits, 1, alternative) + exponent(exponent);
        }
        if (exponent < 0) {
            return sign(value) + "0." + "0".repeat(-exponent - 1) + digits;
        }
        if (digits.length() <= exponent) {
            digits += "0".repeat(exponent + 1 - digits.length());
        }
        return sign(value) + withPoint(digits, exponent + 1, alternative);
    }

    /** Formats as {@code %a}, in lower case. With a negative precision, all digits of the fraction are printed. */
    public static String hexadecimal(double value, int precision) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        long bits = Double.doubleToRawLongBits(value);
        long mantissa = bits & (1L << 52) - 1;
        int exponent = value == 0 ? 0 : Math.max(Math.getExponent(value), Double.MIN_EXPONENT);
        mantissa |= value == 0 || Math.getExponent(value) < Double.MIN_EXPONENT ? 0 : 1L << 52;
        int digits = precision < 0 ? 13 : Math.min(precision, 13);
        int dropped = 4 * (13 - digits);
        if (dropped > 0) {
            long half = 1L << dropped - 1;
            long rest = mantissa & (1L << dropped) - 1;
            mantissa >>= dropped;
            mantissa += rest > half || rest == half && (mantissa & 1) != 0 ? 1 : 0;
        }
        long leading = mantissa >> 4 * digits;
        String fraction = digits == 0 ? "" : String.format("%0" + digits + "x", mantissa & (1L << 4 * digits) - 1);
        fraction = precision < 0 ? fraction.replaceAll("0+$", "") : fraction + "0".repeat(precision - digits);
        return sign(value) + "0x" + leading + (fraction.isEmpty() ? "" : "." + fraction) + (exponent < 0 ? "p" : "p+")
                + exponent;
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return value < 0 ? "-inf" : "inf";
    }

    private static String sign(double value) {
        return value < 0 || value == 0 && 1 / value < 0 ? "-" : "";
    }

    private static BigDecimal round(double value, int digits) {
        return new BigDecimal(Math.abs(value)).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static int exponentOf(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    private static String digits(BigDecimal value, int count) {
        String digits = value.unscaledValue().toString();
        return digits.length() >= count ? digits.substring(0, count) : digits + "0".repeat(count - digits.length());
    }

    private static String withPoint(String digits, int integers, boolean alternative) {
        if (digits.length() == integers) {
            return alternative ? digits + "." : digits;
        }
        return digits.substring(0, integers) + "." + digits.substring(integers);
    }

    private static String exponent(int exponent) {
        int size = Math.abs(exponent);
        return (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }
}
