package io.quarkiverse.posthog.runtime.errors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stack trace in PostHog's order, from the start of the thread to the place where the exception was thrown. If frames must
 * be omitted, both ends are kept.
 *
 * @param omitted the number of frames between the ends that were omitted
 */
record StackFrames(List<Map<String, Object>> frames, int omitted) {

    private static final int MAX_FRAMES = 200;
    private static final int MAX_NAME = 500;

    /** The approximate size of a frame as JSON without its names. */
    private static final int OVERHEAD = 100;

    /** The interval at which a kept frame is taken from the start of the thread. */
    private static final int FROM_THE_START = 4;

    /**
     * Selects the frames.
     *
     * @param max the approximate maximum size of the frames as JSON, in bytes
     */
    static StackFrames of(List<StackTraceElement> stack, InAppClassifier inApp, int max) {
        List<Map<String, Object>> top = new ArrayList<>();
        List<Map<String, Object>> bottom = new ArrayList<>();
        int size = 0;
        while (top.size() + bottom.size() < Math.min(stack.size(), MAX_FRAMES)) {
            boolean fromTheStart = (top.size() + bottom.size()) % FROM_THE_START == FROM_THE_START - 1;
            StackTraceElement element = stack.get(fromTheStart ? stack.size() - 1 - bottom.size() : top.size());
            size += size(element);
            if (size > max) {
                break;
            }
            (fromTheStart ? bottom : top).add(frame(element, inApp));
        }
        Collections.reverse(top);
        bottom.addAll(top);
        return new StackFrames(bottom, stack.size() - bottom.size());
    }

    private static Map<String, Object> frame(StackTraceElement element, InAppClassifier inApp) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("platform", "java");
        frame.put("module", JsonStringTruncator.cut(element.getClassName(), MAX_NAME));
        frame.put("function", JsonStringTruncator.cut(element.getMethodName(), MAX_NAME));
        if (element.getFileName() != null && !element.getFileName().isEmpty()) {
            frame.put("filename", JsonStringTruncator.cut(element.getFileName(), MAX_NAME));
        }
        if (element.getLineNumber() > 0) {
            frame.put("lineno", element.getLineNumber());
        }
        frame.put("in_app", inApp.test(element.getClassName()));
        return frame;
    }

    private static int size(StackTraceElement element) {
        return OVERHEAD + size(element.getClassName()) + size(element.getMethodName())
                + (element.getFileName() == null ? 0 : size(element.getFileName()));
    }

    private static int size(String name) {
        return Math.min(JsonStringTruncator.size(name), MAX_NAME + 3);
    }
}
