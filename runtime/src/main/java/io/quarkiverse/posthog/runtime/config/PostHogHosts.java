package io.quarkiverse.posthog.runtime.config;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two base URLs of PostHog, for the private API and for ingestion, which differ on PostHog Cloud. */
public final class PostHogHosts {

    /**
     * The API hosts for other hosts that are often configured: ingestion hosts and the legacy host do not serve the private
     * API.
     */
    private static final Map<String, String> API_HOSTS = Map.of(
            "app.posthog.com", "us.posthog.com",
            "us.i.posthog.com", "us.posthog.com",
            "eu.i.posthog.com", "eu.posthog.com");

    private static final Map<String, String> INGESTION_HOSTS = Map.of(
            "us.posthog.com", "us.i.posthog.com",
            "eu.posthog.com", "eu.i.posthog.com");

    private static final int MAX_PORT = 65535;

    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

    private static final String CLOUD = "posthog.com";

    private static final Pattern REGION = Pattern.compile("(us|eu)(?:\\.i)?\\.posthog\\.com");

    private PostHogHosts() {
    }

    /** Returns the base URL of the private API, without a trailing slash. */
    static URI api(String key, String host) {
        return replaceHost(parse(key, host), API_HOSTS);
    }

    /** Returns the ingestion URL for a base URL of the private API. */
    static URI ingestion(URI api) {
        return replaceHost(api, INGESTION_HOSTS);
    }

    static boolean isCloud(URI api) {
        return INGESTION_HOSTS.containsKey(api.getHost());
    }

    /** Returns the region of PostHog Cloud, US or EU; empty for any other host. */
    static Optional<String> region(URI uri) {
        Matcher matcher = REGION.matcher(uri.getHost());
        return matcher.matches() ? Optional.of(matcher.group(1).toUpperCase(Locale.ROOT)) : Optional.empty();
    }

    /**
     * Parses a base URL and normalizes it: lower case, and without a trailing dot of the host, the default port, and trailing
     * slashes.
     */
    static URI parse(String key, String text) {
        String stripped = text.strip();
        int end = stripped.length();
        while (end > 0 && stripped.charAt(end - 1) == '/') {
            end--;
        }
        URI uri;
        try {
            uri = URI.create(stripped.substring(0, end));
        } catch (IllegalArgumentException e) {
            throw invalid(key, text);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!DEFAULT_PORTS.containsKey(scheme) || uri.getHost() == null || uri.getQuery() != null
                || uri.getFragment() != null || uri.getUserInfo() != null || uri.getPort() > MAX_PORT) {
            throw invalid(key, text);
        }
        String host = host(uri);
        if (scheme.equals("http") && (host.equals(CLOUD) || host.endsWith("." + CLOUD))) {
            throw new IllegalArgumentException(
                    key + " must begin with https:// for PostHog Cloud, because keys would otherwise be sent "
                            + "unencrypted");
        }
        boolean usual = uri.getPort() < 0 || uri.getPort() == DEFAULT_PORTS.get(scheme);
        return URI.create(scheme + "://" + host + (usual ? "" : ":" + uri.getPort()) + uri.getRawPath());
    }

    /** Returns the host in lower case, without a trailing dot, which does not change its meaning. */
    private static String host(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** Returns a configured host for the log, without a password. */
    public static String display(String host) {
        return host.strip().replaceFirst("^(.*//)?.*@", "$1***@");
    }

    private static IllegalArgumentException invalid(String key, String text) {
        // Text with an @ is omitted, because it may contain a password
        return new IllegalArgumentException(key + " must be a URL like https://us.posthog.com, https://eu.posthog.com or "
                + "https://posthog.example.com/path, without user, query and fragment"
                + (text.contains("@") ? "" : ", but is '" + text + "'"));
    }

    private static URI replaceHost(URI uri, Map<String, String> hosts) {
        String host = hosts.get(uri.getHost());
        return host == null ? uri : URI.create(uri.getScheme() + "://" + host);
    }
}
