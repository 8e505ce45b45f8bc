package io.quarkiverse.posthog.runtime.context;

import java.util.List;
import java.util.Map;

import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.PropertiesConfig;

/** The current HTTP request. */
public interface HttpRequestInfo {

    /** All values of a header, whatever its case. */
    List<String> header(String name);

    /** Whether whoever makes it has been authenticated already; may become true later during the request. */
    boolean isAuthenticated();

    /** What events say about it, as configured. */
    Map<String, Object> properties(PropertiesConfig config);
}
