package io.quarkiverse.posthog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key may not do this (403). {@link #missingScope()} says which scope it lacks. */
public class PostHogPermissionException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    private static final Pattern SCOPE = Pattern.compile("scope '([^']+)'");

    private final String missingScope;

    /** For the extension itself. */
    public PostHogPermissionException(ApiError error) {
        this(error, scope(error.detail()));
    }

    private PostHogPermissionException(ApiError error, String missingScope) {
        super(error, missingScope == null
                ? "check that the key may do this: the scopes and projects of a personal API key, or what the project allows"
                : "add the scope " + missingScope + " to the personal API key");
        this.missingScope = missingScope;
    }

    /** The scope that the personal API key lacks, such as {@code feature_flag:write}, when PostHog named it. */
    public Optional<String> missingScope() {
        return Optional.ofNullable(missingScope);
    }

    private static String scope(String detail) {
        Matcher matcher = SCOPE.matcher(detail == null ? "" : detail);
        return matcher.find() ? matcher.group(1) : null;
    }
}
