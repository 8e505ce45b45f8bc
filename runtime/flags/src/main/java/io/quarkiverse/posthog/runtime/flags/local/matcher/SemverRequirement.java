package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.posthog.runtime.flags.local.matcher.SemverComparator.Op;

/**
 * A version requirement as Cargo interprets it, such as {@code 1.2.*} or {@code >=1.2, <2}.
 *
 * @param comparators all of them must match; empty for a requirement that all releases fulfill
 */
record SemverRequirement(List<SemverComparator> comparators) {

    /** @return {@code null} if the text is not a requirement */
    static SemverRequirement parse(Operator operator, String text) {
        String version = Semver.withoutPrefix(text);
        return switch (operator) {
            case SEMVER_TILDE -> new Parser("~" + padded(version)).parse();
            case SEMVER_CARET -> new Parser("^" + padded(version)).parse();
            default -> new Parser(withoutLeadingZeros(version).collect(Collectors.joining(".")).replace('*', 'x')).parse();
        };
    }

    /** Adds the numbers that are missing before a pre-release, and removes leading zeros. */
    private static String padded(String version) {
        int end = Semver.endOfNumbers(version);
        List<String> parts = new ArrayList<>(withoutLeadingZeros(version.substring(0, end)).toList());
        while (parts.size() < Parser.NUMBERS) {
            parts.add("0");
        }
        return String.join(".", parts) + version.substring(end);
    }

    private static Stream<String> withoutLeadingZeros(String version) {
        return Stream.of(version.split("\\.", -1))
                .map(part -> part.matches("[0-9]+") ? part.replaceFirst("^0+(?=.)", "") : part);
    }

    boolean matches(Semver version) {
        boolean permitted = version.isRelease();
        for (SemverComparator comparator : comparators) {
            if (!comparator.matches(version)) {
                return false;
            }
            permitted |= comparator.permits(version);
        }
        return permitted;
    }

    /** Reads a requirement by Cargo's grammar. */
    private static final class Parser {

        static final int NUMBERS = 3;
        private static final String WILDCARDS = "*xX";
        private static final int MAX_COMPARATORS = 32;

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        SemverRequirement parse() {
            skipBlanks();
            if (isWildcard()) {
                at++;
                skipBlanks();
                return at == text.length() ? new SemverRequirement(List.of()) : null;
            }
            List<SemverComparator> comparators = new ArrayList<>();
            while (comparators.size() < MAX_COMPARATORS) {
                SemverComparator comparator = comparator();
                if (comparator == null) {
                    return null;
                }
                comparators.add(comparator);
                if (at == text.length()) {
                    return new SemverRequirement(List.copyOf(comparators));
                }
                if (!skip(',')) {
                    return null;
                }
                skipBlanks();
            }
            return null;
        }

        /** @return {@code null} if there is no comparator */
        private SemverComparator comparator() {
            Op given = op();
            skipBlanks();
            long[] numbers = new long[NUMBERS];
            int count = 0;
            boolean wildcard = false;
            for (int i = 0; i < NUMBERS && (i == 0 || skip('.')); i++) {
                if (i > 0 && isWildcard()) {
                    at++;
                    wildcard = true;
                    continue;
                }
                int end = number();
                if (wildcard || end == at) {
                    return null;
                }
                numbers[count++] = Long.parseUnsignedLong(text, at, end, 10);
                at = end;
            }
            int suffix = at;
            if (count == NUMBERS && at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != ',') {
                    at++;
                }
            }
            Semver version = Semver.withSuffix(numbers, text.substring(suffix, at));
            skipBlanks();
            Op usual = wildcard ? Op.EXACT : Op.CARET;
            return version == null ? null : new SemverComparator(given == null ? usual : given, version, count);
        }

        /** @return the end of a number of up to 64 bits without leading zeros; the current position if there is none */
        private int number() {
            int end = at;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            boolean zeros = end - at > 1 && text.charAt(at) == '0';
            return !zeros && Semver.isNumber(text, at, end) ? end : at;
        }

        /** @return {@code null} if the comparator has no operator */
        private Op op() {
            if (skip('=')) {
                return Op.EXACT;
            }
            if (skip('>')) {
                return skip('=') ? Op.GREATER_EQUAL : Op.GREATER;
            }
            if (skip('<')) {
                return skip('=') ? Op.LESS_EQUAL : Op.LESS;
            }
            return skip('~') ? Op.TILDE : skip('^') ? Op.CARET : null;
        }

        private boolean isWildcard() {
            return at < text.length() && WILDCARDS.indexOf(text.charAt(at)) >= 0;
        }

        private boolean skip(char c) {
            boolean found = at < text.length() && text.charAt(at) == c;
            at += found ? 1 : 0;
            return found;
        }

        private void skipBlanks() {
            while (skip(' ')) {
                // Only blanks, no other white space
            }
        }
    }
}
