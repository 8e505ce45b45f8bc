package io.quarkiverse.posthog.emulator.hogql;

/** A query that the engine rejects, with a message for its author. */
public final class HogQLException extends RuntimeException {

    private static final long serialVersionUID = 1;

    HogQLException(String message) {
        super(message);
    }

    /** A query that the emulator cannot run, but that PostHog may accept. */
    static HogQLException unsupported(String message) {
        return new HogQLException("The PostHog emulator supports only a part of HogQL and cannot run this query, which"
                + " PostHog may accept. " + message);
    }

    static HogQLException unsupportedAt(String sql, int position, String message) {
        return unsupported(at(sql, position, message).getMessage());
    }

    static HogQLException at(String sql, int position, String message) {
        String before = sql.substring(0, Math.min(position, sql.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return new HogQLException("Syntax error at line " + line + ", column " + column + ": " + message);
    }
}
