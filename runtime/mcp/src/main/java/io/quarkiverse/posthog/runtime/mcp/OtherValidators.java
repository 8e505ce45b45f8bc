package io.quarkiverse.posthog.runtime.mcp;

import java.util.List;

/**
 * The validators of messages that the application has beside {@link CallNormalizer}.
 *
 * @param classes the classes of the beans
 */
public record OtherValidators(List<Class<?>> classes) {
}
