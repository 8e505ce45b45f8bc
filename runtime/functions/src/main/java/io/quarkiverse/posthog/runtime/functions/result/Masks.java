package io.quarkiverse.posthog.runtime.functions.result;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks keys, and personal data of end users: email addresses, phone numbers and IP addresses. They are recognized by their
 * form in any text, and by the name of their property.
 */
final class Masks {

    static final String EMAIL = "[email masked]";
    static final String PHONE = "[phone masked]";
    static final String IP = "[IP masked]";

    /** The part of an email address from its sign. The sign is found first, because most texts do not have one. */
    private static final Pattern EMAIL_DOMAIN = Pattern
            .compile("(?:@|%40)((?:[\\p{L}\\p{N}-]{1,63}+\\.){1,8}[\\p{L}]{2,24})");

    private static final int MAX_LOCAL_PART = 64;

    /** An international phone number, with a country code. */
    private static final Pattern PHONE_NUMBER = Pattern.compile("(?<![\\p{L}\\p{N}+])\\+\\d(?:[ ./()-]{0,2}\\d){7,14}(?!\\d)");

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile("(?<![\\d.])" + BYTE + "(?:\\." + BYTE + "){3}(?![\\d]|\\.\\d)");
    private static final Pattern IPV6 = Pattern.compile("(?<![\\p{L}\\p{N}:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}"
            + "|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){2,7}:|::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})"
            + "(?![\\p{L}\\p{N}:])", Pattern.CASE_INSENSITIVE);

    private static final Pattern EMAIL_NAME = Pattern.compile("(^|.*[_.$ -])e[-_]?mail([-_]?address)?s?$");
    private static final Pattern PHONE_NAME = Pattern
            .compile("(^|.*[_.$ -])((tele)?phone|mobile|cell|fax)([-_]?(number|no))?s?$");
    private static final Pattern IP_NAME = Pattern.compile("(^|.*[_.$ -])(ip([-_]?addr(ess)?)?|remote[-_]?addr(ess)?)$");

    private static final Pattern CAMEL_CASE = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private final UnaryOperator<String> keys;
    private final boolean personalData;

    /**
     * @param keys removes keys from a text
     * @param personalData whether personal data is masked
     */
    Masks(UnaryOperator<String> keys, boolean personalData) {
        this.keys = keys;
        this.personalData = personalData;
    }

    String keys(String text) {
        return keys.apply(text);
    }

    /** Masks a text that can contain personal data. */
    String text(String name, String text) {
        String safe = keys.apply(text);
        if (!personalData || safe.isEmpty()) {
            return safe;
        }
        if (isPersonal(name) && isValue(name, safe)) {
            return value(name);
        }
        String masked = safe;
        if (masked.indexOf('@') >= 0 || masked.contains("%40")) {
            masked = withoutEmails(masked);
        }
        if (masked.indexOf('+') >= 0) {
            masked = replaced(PHONE_NUMBER, masked, PHONE);
        }
        // The version of a browser has the form of an IP address
        if (masked.indexOf('.') >= 0 && !normalized(name).contains("version")) {
            masked = replaced(IPV4, masked, IP);
        }
        return masked.indexOf(':') >= 0 ? replaced(IPV6, masked, IP) : masked;
    }

    /** Returns whether the values of a property are personal data, according to its name. */
    boolean isPersonal(String name) {
        return personalData && kind(name) != null;
    }

    /** Returns the text in place of the value of a property. */
    String value(String name) {
        return kind(name);
    }

    /** Returns whether a text can be the value, as opposed to, for example, {@code iPhone} as the kind of a phone. */
    private static boolean isValue(String name, String text) {
        return !PHONE.equals(kind(name)) || text.chars().filter(Character::isDigit).count() >= 5;
    }

    private static String kind(String name) {
        String normalized = normalized(name);
        if (EMAIL_NAME.matcher(normalized).matches()) {
            return EMAIL;
        }
        if (PHONE_NAME.matcher(normalized).matches()) {
            return PHONE;
        }
        return IP_NAME.matcher(normalized).matches() ? IP : null;
    }

    private static String normalized(String name) {
        return CAMEL_CASE.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    private static String withoutEmails(String text) {
        Matcher domain = EMAIL_DOMAIN.matcher(text);
        StringBuilder masked = null;
        int copied = 0;
        while (domain.find()) {
            int start = domain.start();
            int least = Math.max(copied, start - MAX_LOCAL_PART);
            while (start > least && isLocalPart(text.charAt(start - 1))) {
                start--;
            }
            if (start < domain.start()) {
                masked = masked == null ? new StringBuilder(text.length()) : masked;
                masked.append(text, copied, start).append(EMAIL);
                copied = domain.end();
            }
        }
        return masked == null ? text : masked.append(text, copied, text.length()).toString();
    }

    private static boolean isLocalPart(char c) {
        return Character.isLetterOrDigit(c) || "._%+'-".indexOf(c) >= 0;
    }

    private static String replaced(Pattern pattern, String text, String mask) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.replaceAll(Matcher.quoteReplacement(mask)) : text;
    }
}
