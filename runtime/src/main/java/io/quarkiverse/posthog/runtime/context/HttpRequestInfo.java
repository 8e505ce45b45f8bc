package io.quarkiverse.posthog.runtime.context;

import java.util.List;
import java.util.Map;

import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.PropertiesConfig;

/** The current HTTP request. */
public interface HttpRequestInfo {

    /** All values of a header, whose name is not case-sensitive. */
    List<String> header(String name);

    /** Whether the user has been authenticated already. Can become true later during the request. */
    boolean isAuthenticated();

    /** What events say about it, as configured. */
    Map<String, Object> properties(PropertiesConfig config);
}
