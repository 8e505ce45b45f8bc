package io.quarkiverse.posthog.runtime.flags.local.matcher;

/** The identifiers of a pre-release or of build metadata, which are separated by dots. */
final class SemverIdentifiers {

    private SemverIdentifiers() {
    }

    /** @param leadingZeros whether numbers can have leading zeros */
    static boolean areValid(String text, boolean leadingZeros) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '.') {
                boolean zero = i - start > 1 && text.charAt(start) == '0' && areDigits(text, start, i);
                if (i == start || zero && !leadingZeros) {
                    return false;
                }
                start = i + 1;
            } else if (!isValid(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Compares pre-releases. A release is greater than all its pre-releases. */
    static int comparePre(String one, String other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        return compare(one, other);
    }

    /** Compares build metadata. A version without build metadata is less. */
    static int compareBuild(String one, String other) {
        return one.equals(other) ? 0 : compare(one, other);
    }

    private static int compare(String one, String other) {
        int start = 0;
        int otherStart = 0;
        while (start <= one.length() && otherStart <= other.length()) {
            int end = end(one, start);
            int otherEnd = end(other, otherStart);
            int result = compareIdentifiers(one.substring(start, end), other.substring(otherStart, otherEnd));
            if (result != 0) {
                return result;
            }
            start = end + 1;
            otherStart = otherEnd + 1;
        }
        return Boolean.compare(start <= one.length(), otherStart <= other.length());
    }

    /** A number is less than a text, and a number with more leading zeros is greater. */
    private static int compareIdentifiers(String one, String other) {
        boolean number = areDigits(one, 0, one.length());
        if (number != areDigits(other, 0, other.length())) {
            return number ? -1 : 1;
        }
        if (!number) {
            return one.compareTo(other);
        }
        String value = withoutZeros(one);
        String otherValue = withoutZeros(other);
        int result = Integer.compare(value.length(), otherValue.length());
        if (result == 0) {
            result = value.compareTo(otherValue);
        }
        return result != 0 ? result : Integer.compare(one.length(), other.length());
    }

    private static String withoutZeros(String number) {
        int start = 0;
        while (start < number.length() && number.charAt(start) == '0') {
            start++;
        }
        return number.substring(start);
    }

    private static int end(String text, int start) {
        int dot = text.indexOf('.', start);
        return dot < 0 ? text.length() : dot;
    }

    private static boolean areDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isValid(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-';
    }
}
