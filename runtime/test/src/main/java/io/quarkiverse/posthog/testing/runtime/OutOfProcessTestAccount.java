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

/** An account of an application in another process, as in a {@code @QuarkusIntegrationTest}. */
record OutOfProcessTestAccount(String name, URI host) implements AccountUnderTest {

    /** The start time of the test for each account, which an application in another process cannot store. */
    private static final Map<String, Long> BEGINNINGS = new ConcurrentHashMap<>();

    private static final Pattern HOST = Pattern.compile("quarkus\\.posthog\\.(?:\"(.+)\"\\.)?host");

    /** Returns an account. The configuration of the test contains the URLs of the Dev Services. */
    static OutOfProcessTestAccount of(String name) {
        Config config = ConfigProvider.getConfig();
        URI uri = config.getOptionalValue(AccountNames.key(name, "host"), String.class).map(URI::create)
                .orElseThrow(() -> AccountUnderTest.notEmulated(name, "it has no host"));
        if (!EmulatorControlClient.isAt(uri)) {
            throw AccountUnderTest.notEmulated(name, "it uses " + uri);
        }
        return new OutOfProcessTestAccount(name, uri);
    }

    /** Returns the accounts with an emulator. */
    static List<AccountUnderTest> all() {
        Config config = ConfigProvider.getConfig();
        return names(config.getPropertyNames()).stream()
                .<AccountUnderTest> map(name -> new OutOfProcessTestAccount(name,
                        URI.create(config.getValue(AccountNames.key(name, "host"), String.class))))
                .filter(account -> EmulatorControlClient.isAt(account.host())).toList();
    }

    /** Returns the accounts whose host is among these configuration keys. */
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
        // The application flushes on its own, and assertions wait for its events
    }

    @Override
    public Optional<CaptureProgress> progress() {
        return Optional.empty();
    }

    @Override
    public void reloadFlags() {
        // The application uses the emulator for each evaluation, or polls it
    }

    @Override
    public void begin() {
        BEGINNINGS.put(name, System.currentTimeMillis());
    }

    /** Compares the time in a UUIDv7 with the start of the test, because events of an earlier test can arrive late. */
    @Override
    public boolean isOfThisTest(UUID event) {
        return event.version() != 7 || event.getMostSignificantBits() >>> 16 >= BEGINNINGS.getOrDefault(name, 0L);
    }

    @Override
    public void advance(Duration duration) {
        throw new UnsupportedOperationException("The application runs in another process, where its clock cannot be"
                + " changed; use @QuarkusTest, or configure shorter intervals");
    }
}
