package io.quarkiverse.posthog.runtime.rest;

import java.net.URI;

import jakarta.ws.rs.core.HttpHeaders;

/**
 * Handles redirects to another path of the same host, such as the redirect of a proxy from {@code /batch/} to {@code /batch}.
 */
final class Redirects {

    private Redirects() {
    }

    /**
     * Returns the path and query of a redirect; null if the location is missing, is not a URI, or has another scheme, host or
     * port.
     */
    static String path(ApiResponse response) {
        String location = response.header(HttpHeaders.LOCATION);
        if (location == null || location.isBlank() || response.url() == null) {
            return null;
        }
        try {
            URI base = URI.create(response.url());
            URI target = base.resolve(URI.create(location.strip()));
            if (!isSameOrigin(base, target) || target.getRawUserInfo() != null) {
                return null;
            }
            String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
            return target.getRawQuery() == null ? path : path + "?" + target.getRawQuery();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isSameOrigin(URI base, URI target) {
        return base.getScheme().equalsIgnoreCase(target.getScheme()) && base.getHost().equalsIgnoreCase(target.getHost())
                && port(base) == port(target) && target.getRawPath() != null;
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
