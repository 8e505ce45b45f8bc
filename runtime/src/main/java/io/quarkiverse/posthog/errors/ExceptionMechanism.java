package io.quarkiverse.posthog.errors;

/**
 * How an exception came to be captured ({@code mechanism}). What is null or blank is not known, and what is not known
 * is left to where it was captured, or left out.
 *
 * @param type what kind of place it was captured at, such as {@code generic}, {@code middleware}, {@code task} or
 *        {@code logger}
 * @param handled whether the application dealt with it; false when it escaped
 * @param synthetic whether the exception, or its stack trace, was made up for the event
 */
public record ExceptionMechanism(String type, Boolean handled, Boolean synthetic) {

    /** Nothing is known. */
    public static final ExceptionMechanism UNKNOWN = new ExceptionMechanism(null, null, null);

    public ExceptionMechanism {
        type = type == null || type.isBlank() ? null : type.strip();
    }

    /** This, with what is not known taken from another one. */
    public ExceptionMechanism or(ExceptionMechanism other) {
        return new ExceptionMechanism(type == null ? other.type : type, handled == null ? other.handled : handled,
                synthetic == null ? other.synthetic : synthetic);
    }
}
