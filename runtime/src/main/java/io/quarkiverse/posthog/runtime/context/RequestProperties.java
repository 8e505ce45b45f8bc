package io.quarkiverse.posthog.runtime.context;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.PropertiesConfig;

/** The event properties that describe an HTTP request. */
final class RequestProperties {

    private RequestProperties() {
    }

    /** @param url with its query */
    static Map<String, Object> of(PropertiesConfig config, Supplier<String> url, String method, String path, String userAgent,
            Supplier<String> ip) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (config.currentUrl()) {
            properties.put("$current_url", url(url.get(), config.query()));
        }
        if (config.requestMethod()) {
            properties.put("$request_method", method);
        }
        if (config.requestPath()) {
            properties.put("$request_path", path);
        }
        if (config.userAgent()) {
            properties.put("$user_agent", userAgent);
        }
        if (config.ip()) {
            properties.put("$ip", ip.get());
        }
        properties.values().removeIf(value -> value == null || value.toString().isEmpty());
        return properties;
    }

    private static String url(String url, boolean withQuery) {
        int query = url == null || withQuery ? -1 : url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
