package io.quarkiverse.posthog.runtime.context;

import java.util.List;
import java.util.Map;

import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.PropertiesConfig;

/** The current HTTP request. */
public interface HttpRequestInfo {

    /** Returns all values of a header, whose name is not case-sensitive. */
    List<String> header(String name);

    /** Whether the user has been authenticated already. Can become true later during the request. */
    boolean isAuthenticated();

    /** Returns the event properties that describe the request, as configured. */
    Map<String, Object> properties(PropertiesConfig config);
}
