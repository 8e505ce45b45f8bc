package io.quarkiverse.posthog.runtime.gating;

import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.runtime.support.DuplicateMessageFilter;
import io.quarkus.runtime.LaunchMode;

/**
 * Logs in dev mode and tests why a gate is closed, because the response does not contain the reason. Logs it once per flag and
 * reason, because a gate may be closed for most requests.
 */
final class GateLog {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private enum Reason {
        NO_PERSON,
        NOT_EVALUATED,
        UNKNOWN_FLAG,
        OFF,
        OTHER_VARIANT
    }

    private record Line(String account, String flag, Reason reason) {
    }

    private final DuplicateMessageFilter<Line> filter = new DuplicateMessageFilter<>();

    /**
     * Logs the reason why a gate is closed.
     *
     * @param flags the flags that closed the gate
     */
    void closed(GateConfig gate, FlagSnapshot flags) {
        if (!LaunchMode.current().isDevOrTest()) {
            return;
        }
        FlagResult result = flags.results().get(gate.flag());
        Reason reason = reason(flags, result);
        if (filter.isFirst(new Line(gate.account(), gate.flag(), reason))) {
            LOG.infof(
                    "PostHog account '%s': the feature gate of flag '%s' responded with %d because %s; this is logged once per"
                            + " flag and reason, and never in production",
                    gate.account(), gate.flag(), gate.status(),
                    text(reason, gate, flags, result));
        }
    }

    private static Reason reason(FlagSnapshot flags, FlagResult result) {
        if (result != null) {
            return result.value().enabled() ? Reason.OTHER_VARIANT : Reason.OFF;
        }
        if (flags.distinctId().isEmpty()) {
            return Reason.NO_PERSON;
        }
        return flags.errors().isEmpty() ? Reason.UNKNOWN_FLAG : Reason.NOT_EVALUATED;
    }

    private static String text(Reason reason, GateConfig gate, FlagSnapshot flags, FlagResult result) {
        return switch (reason) {
            case NO_PERSON -> "the request has no person; send the header X-POSTHOG-DISTINCT-ID, authenticate the user, or call"
                    + " PostHogContext.identify";
            case NOT_EVALUATED -> "the flag could not be evaluated ("
                    + flags.errors().stream().map(FlagError::code).sorted().collect(Collectors.joining(", "))
                    + "); see the warning in the log";
            case UNKNOWN_FLAG ->
                "the flag was not found; check its key, which is case-sensitive, or create the flag in PostHog";
            case OFF -> "the flag is off for the person of the request; check its conditions, or override it";
            case OTHER_VARIANT -> "the person of the request has "
                    + result.value().variant().map(variant -> "the variant '" + variant + "'").orElse("no variant")
                    + ", but the gate needs '" + gate.variant() + "'";
        };
    }
}
