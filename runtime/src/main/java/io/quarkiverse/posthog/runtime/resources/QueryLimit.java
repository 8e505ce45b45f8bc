package io.quarkiverse.posthog.runtime.resources;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.posthog.query.QueryResult;

/**
 * The {@code LIMIT} of a HogQL query, which distinguishes results that were truncated by the query from results that PostHog
 * truncated on its own.
 *
 * @param present whether the query itself, not only a part of it, has a limit
 * @param rows the limit; empty if it is not a plain number
 */
public record QueryLimit(boolean present, OptionalLong rows) {

    /** The maximum number of rows that PostHog returns. */
    private static final int MOST = 50_000;

    private static final Pattern READ = Pattern.compile("\\s*(select|with)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern LIMIT = Pattern.compile("\\blimit\\b(?:\\s+(\\d{1,18})\\b)?", Pattern.CASE_INSENSITIVE);

    static QueryLimit of(String hogql) {
        Matcher matcher = LIMIT.matcher(outermost(hogql));
        if (!matcher.find()) {
            return new QueryLimit(false, OptionalLong.empty());
        }
        return new QueryLimit(true, matcher.group(1) == null ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(matcher.group(1))));
    }

    /**
     * Returns the query with a limit: its own limit if that is smaller, and otherwise the given one. The result can have more
     * rows if the query has {@code UNION} or {@code LIMIT BY}.
     *
     * @throws IllegalArgumentException if the text is not a single query that reads
     */
    public static String limited(String hogql, int max) {
        String outermost = outermost(hogql);
        int end = outermost.length();
        while (end > 0 && (outermost.charAt(end - 1) == ';' || Character.isWhitespace(outermost.charAt(end - 1)))) {
            end--;
        }
        if (outermost.indexOf(';', end) >= 0) {
            return limited(hogql.substring(0, outermost.indexOf(';', end)), max);
        }
        if (outermost.indexOf(';') >= 0) {
            throw new IllegalArgumentException("the text contains more than one query; send one query per call");
        }
        if (!READ.matcher(outermost).lookingAt() && !hogql.stripLeading().startsWith("(")) {
            throw new IllegalArgumentException("the query must begin with SELECT or WITH, because queries only read");
        }
        Matcher matcher = LIMIT.matcher(outermost);
        if (!matcher.find()) {
            return hogql + "\nLIMIT " + max;
        }
        boolean larger = matcher.group(1) != null && Long.parseLong(matcher.group(1)) > max;
        return larger ? hogql.substring(0, matcher.start(1)) + max + hogql.substring(matcher.end(1)) : hogql;
    }

    /** Returns the query with spaces instead of quoted text and names, comments, and parts in parentheses. */
    private static String outermost(String hogql) {
        StringBuilder outermost = new StringBuilder(hogql.length());
        int depth = 0;
        int at = 0;
        while (at < hogql.length()) {
            int end = endOfQuoted(hogql, at);
            char c = hogql.charAt(at);
            if (end == at) {
                depth = c == '(' ? depth + 1 : c == ')' ? Math.max(0, depth - 1) : depth;
            }
            int next = Math.min(hogql.length(), Math.max(end, at + 1));
            if (end == at && depth == 0 && c != ')') {
                outermost.append(c);
            } else {
                outermost.append(" ".repeat(next - at));
            }
            at = next;
        }
        return outermost.toString();
    }

    /** Returns the end of the text, name or comment that begins at the position; the same position if there is none. */
    private static int endOfQuoted(String hogql, int at) {
        char c = hogql.charAt(at);
        if (c == '\'') {
            return endOfText(hogql, at + 1);
        }
        if (c == '"' || c == '`') {
            return after(hogql, String.valueOf(c), at + 1);
        }
        if (hogql.startsWith("--", at)) {
            return after(hogql, "\n", at);
        }
        return hogql.startsWith("/*", at) ? after(hogql, "*/", at + 2) : at;
    }

    /** Returns the end of a text. A doubled quote is read as the end of one text and the beginning of the next. */
    private static int endOfText(String hogql, int start) {
        int at = start;
        while (at < hogql.length() && hogql.charAt(at) != '\'') {
            at += hogql.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(hogql.length(), at + 1);
    }

    private static int after(String hogql, String mark, int from) {
        int found = hogql.indexOf(mark, from);
        return found < 0 ? hogql.length() : found + mark.length();
    }

    /** Returns the reason why PostHog truncated the result; empty if the result is complete. */
    Optional<String> truncatedByServer(QueryResult result) {
        if (!result.hasMore()) {
            return Optional.empty();
        }
        int size = result.rows().size();
        if (!present) {
            return Optional
                    .of("PostHog truncated the result at " + size + " rows, because the query has no LIMIT; add one, at most "
                            + MOST);
        }
        boolean capped = size >= MOST && (rows.isEmpty() || rows.getAsLong() > MOST);
        return capped ? Optional.of("PostHog truncated the result at its maximum of " + MOST + " rows; read it in parts, "
                + "ordered by a key that each part continues from") : Optional.empty();
    }
}
