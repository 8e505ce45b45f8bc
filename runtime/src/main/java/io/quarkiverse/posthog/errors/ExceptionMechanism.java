package io.quarkiverse.posthog.errors;

/**
 * The mechanism by which an exception was captured ({@code mechanism}). Null and blank fields have the defaults of the source,
 * or are omitted.
 *
 * @param type the type of the source, such as {@code generic}, {@code middleware}, {@code task} or
 *        {@code logger}
 * @param handled whether the application handled the exception
 * @param synthetic whether the exception, or its stack trace, was created for the event
 */
public record ExceptionMechanism(String type, Boolean handled, Boolean synthetic) {

    /** A mechanism without any field. */
    public static final ExceptionMechanism UNKNOWN = new ExceptionMechanism(null, null, null);

    public ExceptionMechanism {
        type = type == null || type.isBlank() ? null : type.strip();
    }

    /** Returns a copy whose missing fields are taken from another mechanism. */
    public ExceptionMechanism or(ExceptionMechanism other) {
        return new ExceptionMechanism(type == null ? other.type : type, handled == null ? other.handled : handled,
                synthetic == null ? other.synthetic : synthetic);
    }
}
