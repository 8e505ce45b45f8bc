package io.quarkiverse.posthog.runtime.errors;

import java.util.regex.Pattern;

import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.errors.ExceptionLevel;
import io.quarkiverse.posthog.errors.ExceptionMechanism;

/**
 * The metadata of a captured exception; unknown fields are null.
 *
 * @param mechanism the mechanism of the outermost exception
 */
record ExceptionMetadata(ExceptionLevel level, ExceptionMechanism mechanism, String source) {

    /** Metadata without any field. */
    static final ExceptionMetadata UNKNOWN = new ExceptionMetadata(null, ExceptionMechanism.UNKNOWN, null);

    private static final int MAX_LENGTH = 100;
    private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)+");

    ExceptionMetadata {
        source = source != null && source.length() <= MAX_LENGTH && SOURCE.matcher(source).matches() ? source : null;
    }

    /** Returns the metadata that an event contains. */
    static ExceptionMetadata of(ExceptionEvent event) {
        return new ExceptionMetadata(event.level(), event.mechanism(), event.source());
    }

    /** Returns a copy whose missing fields are taken from other metadata. */
    ExceptionMetadata or(ExceptionMetadata other) {
        return new ExceptionMetadata(level == null ? other.level : level, mechanism.or(other.mechanism),
                source == null ? other.source : source);
    }
}
