package io.quarkiverse.posthog.reflection;

import java.util.List;
import java.util.Optional;

/**
 * An access at run time.
 *
 * @param target the name of the class, resource or service
 * @param member the name of the method or field; empty for others
 * @param caller the class of the extension, or else of the application, that is nearest to the access; empty if there is none
 */
public record Access(AccessKind kind, String target, String member, String caller) {

    private static final String SEPARATOR = "\t";

    String line() {
        return String.join(SEPARATOR, List.of(kind.name(), target, member, caller));
    }

    /** Reads a line of the file of {@link ReflectionAgent}; empty for a line that is not complete yet. */
    public static Optional<Access> parse(String line) {
        String[] fields = line.split(SEPARATOR, -1);
        return fields.length != 4 ? Optional.empty()
                : Optional.of(new Access(AccessKind.valueOf(fields[0]), fields[1], fields[2], fields[3]));
    }
}
