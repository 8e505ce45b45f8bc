package io.quarkiverse.posthog.runtime.rest.pagination;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.runtime.rest.api.Parameters;

/**
 * Reads links to the next page. Only their parameters are used. The host and the path of the first request are kept, so
 * that the key cannot be sent to another server.
 */
public final class NextPageLink {

    /** The parameters that select another project or contain a key, which are ignored in links. */
    private static final Set<String> NOT_FROM_LINKS = Set.of("token", "api_key", "personal_api_key");

    private NextPageLink() {
    }

    /**
     * Returns the parameters of a link.
     *
     * @throws IllegalArgumentException if the text is not a link, has no parameters, or has parameters that cannot be sent
     */
    public static Map<String, String> parameters(String link) {
        String query = URI.create(link).getRawQuery();
        if (query == null || query.isEmpty()) {
            throw new IllegalArgumentException("no parameters");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!NOT_FROM_LINKS.contains(name)) {
                parameters.put(name, equals < 0 ? "" : Parameters.encodable(name, decode(pair.substring(equals + 1))));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
