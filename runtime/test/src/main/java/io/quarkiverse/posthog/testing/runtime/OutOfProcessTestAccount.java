package io.quarkiverse.posthog.testing.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.runtime.config.AccountNames;

/** An account of an application that runs in another process, as in a {@code @QuarkusIntegrationTest}. */
record OutOfProcessTestAccount(String name, URI host) implements AccountUnderTest {

    /** When the test began, for each account. The application is not here to keep that. */
    private static final Map<String, Long> BEGINNINGS = new ConcurrentHashMap<>();

    private static final Pattern HOST = Pattern.compile("quarkus\\.posthog\\.(?:\"(.+)\"\\.)?host");

    /** Dev Services tell the test, too, where they are. */
    static OutOfProcessTestAccount of(String name) {
        Config config = ConfigProvider.getConfig();
        URI uri = config.getOptionalValue(AccountNames.key(name, "host"), String.class).map(URI::create)
                .orElseThrow(() -> AccountUnderTest.notEmulated(name, "it has no host"));
        if (!EmulatorControlClient.isAt(uri)) {
            throw AccountUnderTest.notEmulated(name, "it uses " + uri);
        }
        return new OutOfProcessTestAccount(name, uri);
    }

    /** Those with an emulator. */
    static List<AccountUnderTest> all() {
        Config config = ConfigProvider.getConfig();
        return names(config.getPropertyNames()).stream()
                .<AccountUnderTest> map(name -> new OutOfProcessTestAccount(name,
                        URI.create(config.getValue(AccountNames.key(name, "host"), String.class))))
                .filter(account -> EmulatorControlClient.isAt(account.host())).toList();
    }

    /** The accounts that have a host among these configuration keys. */
    static List<String> names(Iterable<String> keys) {
        return StreamSupport.stream(keys.spliterator(), false).map(HOST::matcher).filter(Matcher::matches)
                .map(key -> Optional.ofNullable(key.group(1)).orElse(PostHogAccount.DEFAULT)).distinct().toList();
    }

    @Override
    public EmulatorControlClient emulator() {
        return new EmulatorControlClient(host);
    }

    @Override
    public boolean isInProcess() {
        return false;
    }

    @Override
    public void flush() {
        // It does so by itself, and its events are waited for
    }

    @Override
    public Optional<CaptureProgress> progress() {
        return Optional.empty();
    }

    @Override
    public void reloadFlags() {
        // It asks the emulator, or will when it polls
    }

    @Override
    public void begin() {
        BEGINNINGS.put(name, System.currentTimeMillis());
    }

    /** Events of the test before may come late; a UUIDv7 tells when it was made. */
    @Override
    public boolean isOfThisTest(UUID event) {
        return event.version() != 7 || event.getMostSignificantBits() >>> 16 >= BEGINNINGS.getOrDefault(name, 0L);
    }

    @Override
    public void advance(Duration duration) {
        throw new UnsupportedOperationException("The application runs in another process, where its time can't be"
                + " changed; use @QuarkusTest for that, or set the intervals of the application");
    }
}
