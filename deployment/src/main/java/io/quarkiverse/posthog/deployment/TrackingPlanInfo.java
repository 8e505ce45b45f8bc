package io.quarkiverse.posthog.deployment;

import java.util.List;

import org.jboss.jandex.ClassInfo;

/** An interface of the application that is a tracking plan. */
record TrackingPlanInfo(ClassInfo type, String description, List<TrackedMethod> methods) {

    private static final String SUFFIX = "_TypedEvents";

    /**
     * Returns the name of the class that implements the interface. It is in the same package, so that the interface need not be
     * public.
     */
    String implementation() {
        return type.name().toString() + SUFFIX;
    }

    /** Returns the name of the interface that a generated class implements. */
    static String interfaceOf(String implementation) {
        return implementation.substring(0, implementation.length() - SUFFIX.length());
    }
}
