package io.quarkiverse.posthog.runtime.resources;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.posthog.query.QueryResult;

/**
 * The {@code LIMIT} of a HogQL query, to tell a result that was cut because the query says so from one that PostHog cut on
 * its own.
 *
 * @param present whether the query itself, not just a part of it, has a limit
 * @param rows the limit, empty when it is not a plain number
 */
record QueryLimit(boolean present, OptionalLong rows) {

    /** What PostHog returns at the most. */
    private static final int MOST = 50_000;

    /** Texts, quoted names and comments, in which LIMIT is just a word. */
    private static final Pattern QUOTED = Pattern
            .compile("'(?:[^'\\\\]|\\\\.|'')*'|\"[^\"]*\"|`[^`]*`|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    /** Innermost parentheses; what is in them belongs to a part of the query. */
    private static final Pattern PARENTHESES = Pattern.compile("\\([^()]*\\)");

    private static final Pattern LIMIT = Pattern.compile("\\blimit\\b(?:\\s+(\\d{1,18})\\b)?", Pattern.CASE_INSENSITIVE);

    static QueryLimit of(String hogql) {
        String query = QUOTED.matcher(hogql).replaceAll(" ");
        String before;
        do {
            before = query;
            query = PARENTHESES.matcher(before).replaceAll(" ");
        } while (!query.equals(before));
        Matcher matcher = LIMIT.matcher(query);
        if (!matcher.find()) {
            return new QueryLimit(false, OptionalLong.empty());
        }
        return new QueryLimit(true, matcher.group(1) == null ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(matcher.group(1))));
    }

    /** What to say when the result ends before the query does; empty when it has what was asked for. */
    Optional<String> cutUnasked(QueryResult result) {
        if (!result.hasMore()) {
            return Optional.empty();
        }
        int size = result.rows().size();
        if (!present) {
            return Optional.of("PostHog cut the result at " + size + " rows, because the query has no LIMIT; add one, at most "
                    + MOST);
        }
        boolean capped = size >= MOST && (rows.isEmpty() || rows.getAsLong() > MOST);
        return capped ? Optional.of("PostHog cut the result at the " + MOST + " rows it returns at the most; read it in parts, "
                + "ordered by a key that each part continues from") : Optional.empty();
    }
}
