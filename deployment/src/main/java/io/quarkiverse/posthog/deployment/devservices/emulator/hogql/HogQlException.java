package io.quarkiverse.posthog.deployment.devservices.emulator.hogql;

/** A query that the engine refuses, with a text for whoever wrote it. */
public final class HogQlException extends RuntimeException {

    private static final long serialVersionUID = 1;

    HogQlException(String message) {
        super(message);
    }

    static HogQlException at(String sql, int position, String message) {
        String before = sql.substring(0, Math.min(position, sql.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return new HogQlException("Syntax error at line " + line + ", column " + column + ": " + message);
    }
}
