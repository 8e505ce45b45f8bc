package io.quarkiverse.posthog.runtime.capture;

/** Text of other systems in log messages: on one line, and of limited length. */
final class LogText {

    private static final int MAX_LENGTH = 500;

    private LogText() {
    }

    static String of(String text) {
        int length = Math.min(text.length(), MAX_LENGTH);
        StringBuilder clean = new StringBuilder(length + 3);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            clean.append(isLineOrControl(c) ? ' ' : c);
        }
        return text.length() > MAX_LENGTH ? clean.append("...").toString() : clean.toString();
    }

    private static boolean isLineOrControl(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
