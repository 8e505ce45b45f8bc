package io.quarkiverse.posthog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key has no permission for the operation (403). {@link #missingScope()} returns the missing scope. */
public class PostHogPermissionException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    private static final Pattern SCOPE = Pattern.compile("scope '([^']+)'");

    private final String missingScope;

    /** Used by the extension only. */
    public PostHogPermissionException(ApiError error) {
        this(error, scope(error.detail()));
    }

    private PostHogPermissionException(ApiError error, String missingScope) {
        super(error, missingScope == null
                ? "check the scopes and projects of the personal API key, or the settings of the project"
                : "add the scope " + missingScope + " to the personal API key");
        this.missingScope = missingScope;
    }

    /** Returns the scope that the personal API key lacks, such as {@code feature_flag:write}, if PostHog named it. */
    public Optional<String> missingScope() {
        return Optional.ofNullable(missingScope);
    }

    private static String scope(String detail) {
        Matcher matcher = SCOPE.matcher(detail == null ? "" : detail);
        return matcher.find() ? matcher.group(1) : null;
    }
}
