package io.quarkiverse.posthog.runtime.flags.local.matcher;

/** Compares texts like UTF-8 bytes, which is the order of code points and not the order of Java's chars. */
final class CodePoints {

    private CodePoints() {
    }

    static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean sameKind = Character.isSurrogate(a) == Character.isSurrogate(b);
                return sameKind ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
