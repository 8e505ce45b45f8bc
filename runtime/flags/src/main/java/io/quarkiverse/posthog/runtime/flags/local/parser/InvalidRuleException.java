package io.quarkiverse.posthog.runtime.flags.local.parser;

/** A part of ordered rules that PostHog rejects. */
public final class InvalidRuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public enum Code {
        INVALID,
        REQUIRED,
        UNKNOWN_FIELD,
        NOT_UNIQUE,
        LIMIT_EXCEEDED,
        /** PostHog may support it, but the evaluator does not. */
        UNSUPPORTED
    }

    private final Code code;
    private final String path;
    private final String detail;

    /**
     * @param path the names and indexes in the rules, such as "rules.0.id"; empty for the rules themselves
     * @param detail a sentence
     */
    InvalidRuleException(Code code, String path, String detail) {
        super(path.isEmpty() ? detail : path + ": " + detail, null, false, false);
        this.code = code;
        this.path = path;
        this.detail = detail;
    }

    public Code code() {
        return code;
    }

    public String path() {
        return path;
    }

    public String detail() {
        return detail;
    }
}
