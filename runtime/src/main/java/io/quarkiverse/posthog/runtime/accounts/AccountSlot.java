package io.quarkiverse.posthog.runtime.accounts;

import java.util.stream.Stream;

import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.rest.Lazy;

/** The state of an account in the registry. */
sealed interface AccountSlot {

    ResolvedAccountConfig settings();

    /** The client, if it exists and is not being closed. */
    Stream<PostHogClient> client();

    /** An account of the configuration. Its client is created on first use. */
    record Configured(ResolvedAccountConfig settings, Lazy<PostHogClient> lazy) implements AccountSlot {

        @Override
        public Stream<PostHogClient> client() {
            return Stream.ofNullable(lazy.present());
        }
    }

    /** An account whose client is being created or closed, so that its name is taken. */
    record Reserved(ResolvedAccountConfig settings, boolean closing) implements AccountSlot {

        @Override
        public Stream<PostHogClient> client() {
            return Stream.empty();
        }
    }

    /** An account that was opened from code. */
    record Opened(PostHogClient opened) implements AccountSlot {

        @Override
        public ResolvedAccountConfig settings() {
            return opened.settings();
        }

        @Override
        public Stream<PostHogClient> client() {
            return Stream.of(opened);
        }
    }
}
