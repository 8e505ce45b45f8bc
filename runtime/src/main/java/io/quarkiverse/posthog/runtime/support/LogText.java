package io.quarkiverse.posthog.runtime.support;

/** Formats text of other systems for messages and logs: on one line, without control characters, and with a limited length. */
public final class LogText {

    static final int MAX_LENGTH = 500;

    private LogText() {
    }

    public static String of(String text) {
        boolean isLong = text.length() > MAX_LENGTH;
        return printable(isLong ? text.substring(0, MAX_LENGTH) : text) + (isLong ? "..." : "");
    }

    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : ' '));
        return printable.toString();
    }

    /**
     * Returns whether a character is printable. Line separators, and characters that change the direction of text,
     * could forge log lines.
     */
    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }
}
