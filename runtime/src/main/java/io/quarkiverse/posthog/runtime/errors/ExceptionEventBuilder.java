package io.quarkiverse.posthog.runtime.errors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.errors.ExceptionMechanism;
import io.quarkiverse.posthog.runtime.errors.ExceptionListBuilder.Entry;
import io.quarkiverse.posthog.runtime.support.SecretMask;

/**
 * Builds events for exceptions. For messages and stack traces of any length, an event stays well below the maximum
 * size.
 */
final class ExceptionEventBuilder {

    private static final String RESERVED = "$exception_";
    private static final String FINGERPRINT = "$exception_fingerprint";

    /** The reserved properties without the common prefix. */
    private static final Set<String> ALSO_RESERVED = Set.of("$debug_images", "$cymbal_errors");

    /** The properties with the reserved prefix that the application can set. */
    private static final Set<String> OPEN = Set.of(FINGERPRINT, "$exception_steps");

    static final String LOG_MESSAGE = "log_message";

    private static final int MAX_LOG_MESSAGE = 2_000;
    private static final int MAX_NAME = 500;
    private static final int MAX_MESSAGE = 8_000;

    private final InAppClassifier inApp;
    private final SecretMask mask;
    private final long stackBytes;
    private final long messageBytes;

    /**
     * Creates a builder.
     *
     * @param maxEventSize the maximum size of an event as JSON, in bytes; exceptions use up to about half of it
     */
    ExceptionEventBuilder(InAppClassifier inApp, SecretMask mask, long maxEventSize) {
        this.inApp = inApp;
        this.mask = mask;
        this.stackBytes = Math.min(maxEventSize, 1_000_000) / 3;
        this.messageBytes = Math.min(maxEventSize, 1_000_000) / 6;
    }

    /** Returns the event with its log message masked and truncated. */
    ExceptionEvent logged(ExceptionEvent event) {
        return event.event().properties().get(LOG_MESSAGE) instanceof String message
                ? event.property(LOG_MESSAGE, masked(message, MAX_LOG_MESSAGE))
                : event;
    }

    /**
     * Builds the event.
     *
     * @param metadata the complete metadata of the outermost exception
     */
    CaptureEvent of(ExceptionEvent event, ExceptionMetadata metadata) {
        List<Entry> tree = ExceptionListBuilder.of(event.exception());
        // One more, because the event contains the first message twice
        int messageShare = (int) Math.min(MAX_MESSAGE, messageBytes / (tree.size() + 1));
        int stackShare = (int) (stackBytes / tree.size());
        List<Map<String, Object>> list = new ArrayList<>(tree.size());
        int omitted = 0;
        for (Entry entry : tree) {
            StackFrames stack = StackFrames.of(ThrowableReader.stack(entry.thrown()), inApp, stackShare);
            omitted += stack.omitted();
            list.add(entry(entry, list.size(), metadata.mechanism(), stack.frames(), messageShare));
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        if (metadata.level() != null) {
            properties.put("$exception_level", metadata.level().wireName());
        }
        properties.put("$exception_type", list.get(0).get("type"));
        properties.put("$exception_message", list.get(0).get("value"));
        if (metadata.source() != null) {
            properties.put("$exception_source", metadata.source());
        }
        String fingerprint = fingerprint(event);
        if (fingerprint != null) {
            properties.put(FINGERPRINT, fingerprint);
        }
        properties.put("$exception_list", list);
        if (omitted > 0) {
            properties.put("omitted_frames", omitted);
        }
        return named(event.event(), properties);
    }

    private Map<String, Object> entry(Entry entry, int id, ExceptionMechanism outermost,
            List<Map<String, Object>> frames, int messageShare) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", JsonStringTruncator.cut(type(entry.thrown()), MAX_NAME));
        json.put("value", masked(ThrowableReader.message(entry.thrown()), messageShare));
        String module = entry.thrown() instanceof SyntheticLogException ? "" : entry.thrown().getClass().getPackageName();
        if (!module.isEmpty()) {
            json.put("module", JsonStringTruncator.cut(module, MAX_NAME));
        }
        json.put("mechanism", entry.parent() < 0 ? mechanism(outermost) : nested(entry, id));
        if (!frames.isEmpty()) {
            json.put("stacktrace", Map.of("type", "raw", "frames", frames));
        }
        return json;
    }

    /** Masks keys before truncating, so that the end does not contain part of a key. */
    private String masked(String text, int most) {
        return JsonStringTruncator.cut(mask.mask(text), most);
    }

    private static Map<String, Object> mechanism(ExceptionMechanism mechanism) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (mechanism.type() != null) {
            json.put("type", mechanism.type());
        }
        if (mechanism.handled() != null) {
            json.put("handled", mechanism.handled());
        }
        if (mechanism.synthetic() != null) {
            json.put("synthetic", mechanism.synthetic());
        }
        json.put("exception_id", 0);
        return json;
    }

    /**
     * Returns the mechanism of a related exception. Whether it was handled is unknown, even if the outermost one was handled.
     */
    private static Map<String, Object> nested(Entry entry, int id) {
        return Map.of("type", "chained", "source", entry.relation(), "synthetic", false, "exception_id", id,
                "parent_id", entry.parent());
    }

    /** Returns the class name without the package, such as {@code Outer$Inner}. */
    static String type(Throwable thrown) {
        if (thrown instanceof SyntheticLogException message) {
            return message.logger();
        }
        String name = thrown.getClass().getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String fingerprint(ExceptionEvent event) {
        if (event.fingerprint() != null && !event.fingerprint().isBlank()) {
            return event.fingerprint();
        }
        return event.event().properties().get(FINGERPRINT) instanceof String text && !text.isBlank() ? text : null;
    }

    /** Returns the event of the caller, without reserved properties, and with the given ones. */
    private static CaptureEvent named(CaptureEvent event, Map<String, Object> properties) {
        Map<String, Object> all = new LinkedHashMap<>();
        event.properties().forEach((name, value) -> {
            if (!isReserved(name)) {
                all.put(name, value);
            }
        });
        all.remove(FINGERPRINT);
        all.putAll(properties);
        return new CaptureEvent(ExceptionEvent.EVENT_NAME, event.distinctId(), all, event.timestamp(), event.uuid());
    }

    /** Returns whether the application cannot set the property. */
    static boolean isReserved(String name) {
        return name != null && !OPEN.contains(name) && (name.startsWith(RESERVED) || ALSO_RESERVED.contains(name));
    }
}
