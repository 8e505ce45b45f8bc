package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Matches a value that equals one of several texts, ignoring case. */
final class EqualityMatcher implements PropertyMatcher {

    private final Set<String> wanted;
    /** The only text, for which no set lookup is needed; {@code null} if there are several. */
    private final String only;
    private final Match equal;

    EqualityMatcher(List<String> wanted, boolean negated) {
        this.wanted = new HashSet<>();
        for (String text : wanted) {
            this.wanted.add(lower(text));
        }
        this.only = this.wanted.size() == 1 ? this.wanted.iterator().next() : null;
        this.equal = Match.of(!negated);
    }

    @Override
    public Match match(Object value, MatchContext context) {
        String text = PropertyStringifier.of(value);
        if (text == null) {
            return Match.UNKNOWN;
        }
        String lower = lower(text);
        boolean found = only != null ? only.equals(lower) : wanted.contains(lower);
        return found ? equal : equal.not();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
