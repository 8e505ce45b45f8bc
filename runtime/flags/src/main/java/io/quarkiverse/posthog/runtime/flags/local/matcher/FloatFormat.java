package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes floating-point numbers like PostHog: the shortest digits that identify the number, such as 1.0, 3e-6 or 1e16. */
final class FloatFormat {

    /** Decimals with up to this number of digits identify exactly one number of usual size. */
    private static final int UNAMBIGUOUS_DIGITS = 15;
    private static final double SMALLEST_USUAL = 1e-290;
    /** The range of the position of the decimal point in which numbers are written without an exponent. */
    private static final int MIN_POINT = -4;
    private static final int MAX_POINT = 16;

    private FloatFormat() {
    }

    /** @return {@code null} if the number is not finite, which JSON does not support */
    static String format(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return null;
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        return value == 0 ? sign + "0.0" : sign + positive(Math.abs(value));
    }

    private static String positive(double value) {
        BigDecimal decimal = shortest(value);
        String digits = decimal.unscaledValue().toString();
        int point = digits.length() - decimal.scale();
        if (point > MAX_POINT || point < MIN_POINT) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return digits.charAt(0) + fraction + "e" + (point - 1);
        }
        String plain = decimal.toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    /** Java 17 does not always return the shortest digits. */
    private static BigDecimal shortest(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() <= UNAMBIGUOUS_DIGITS && value > SMALLEST_USUAL) {
            return decimal;
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal best = decimal;
        for (int digits = decimal.precision(); digits > 0; digits--) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() != value) {
                break;
            }
            best = rounded.stripTrailingZeros();
        }
        return best;
    }
}
