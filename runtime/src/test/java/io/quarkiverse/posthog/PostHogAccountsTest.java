package io.quarkiverse.posthog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

import org.junit.jupiter.api.Test;

/** Getting an account that may have to be opened. */
class PostHogAccountsTest {

    private static final PostHog TENANT = (PostHog) Proxy.newProxyInstance(PostHog.class.getClassLoader(),
            new Class<?>[] { PostHog.class }, (proxy, method, arguments) -> method.getName().equals("account") ? "tenant"
                    : null);

    @Test
    void getReturnsAnAccountThatAnotherThreadOpened() {
        PostHogAccounts accounts = new Found(Optional.empty(), Optional.of(TENANT));

        assertThat((Object) accounts.getOrOpen("tenant", AccountSettings::create)).isSameAs(TENANT);
    }

    @Test
    void whatCanNotBeOpenedSaysWhy() {
        PostHogAccounts accounts = new Found(Optional.empty(), Optional.empty());

        assertThatIllegalArgumentException().isThrownBy(() -> accounts.getOrOpen("tenant", AccountSettings::create))
                .withMessage("can't be opened");
    }

    /** Finds what it is told to, one after the other, and opens nothing. */
    private static final class Found implements PostHogAccounts {

        private final Queue<Optional<PostHog>> found;

        Found(Optional<PostHog> first, Optional<PostHog> second) {
            this.found = new ArrayDeque<>(List.of(first, second));
        }

        @Override
        public Optional<PostHog> find(String name) {
            return found.remove();
        }

        @Override
        public PostHog open(String name, AccountSettings settings) {
            throw new IllegalArgumentException("can't be opened");
        }

        @Override
        public PostHog get(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> names() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean close(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
