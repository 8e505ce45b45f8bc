package io.quarkiverse.posthog.testing;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.testing.runtime.AccountUnderTest;
import io.quarkiverse.posthog.testing.runtime.AccountsUnderTest;
import io.quarkiverse.posthog.testing.runtime.JsonValues;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * What a test needs to know and to decide of a PostHog account: what the application captured, which values flags
 * have, and what goes wrong. It works with the emulator that Dev Services start for an account without keys, and
 * needs no configuration.
 *
 * <pre>
 * {@literal @}QuarkusTest
 * class PurchaseTest {
 *
 *     {@literal @}Inject
 *     PostHogTestKit posthog; // the default account
 *
 *     {@literal @}Inject
 *     {@literal @}PostHogAccount("work")
 *     PostHogTestKit work; // a named account
 *
 *     {@literal @}Test
 *     {@literal @}WithFlag("new-checkout")
 *     void aPurchaseIsCaptured() {
 *         given().post("/purchases").then().statusCode(201);
 *
 *         posthog.assertThatEvents().named("purchase").of("user-123").withProperty("amount", 49.99).hasSize(1);
 *     }
 * }
 * </pre>
 * <p>
 * Each test begins without captured events and recorded requests, unless {@link KeepCaptured} says otherwise;
 * values of flags, faults and settings are taken back after each test, also when it fails. What is in the project
 * stays: persons, groups, and flags that were created; see {@link #reset()}.
 * <p>
 * In a {@code @QuarkusIntegrationTest}, where nothing can be injected, {@link #of()} and {@link #of(String)} do the
 * same, apart from what needs the application in the same process: the {@link #clock()}, and that what was captured
 * has arrived when it is looked at. It is waited for instead.
 * <p>
 * May be used by any number of threads; accounts have nothing to do with each other.
 */
public final class PostHogTestKit {

    private final String account;

    private PostHogTestKit(String account) {
        this.account = account;
    }

    /** The kit of the default account. */
    public static PostHogTestKit of() {
        return of(PostHogAccount.DEFAULT);
    }

    /** The kit of an account. Whether there is such an account, and an emulator of it, shows when it is used. */
    public static PostHogTestKit of(String account) {
        return new PostHogTestKit(account);
    }

    private AccountUnderTest tested() {
        return AccountUnderTest.of(account);
    }

    /** The name of the account, {@value PostHogAccount#DEFAULT} for the default one. */
    public String account() {
        return account;
    }

    /** Where the emulator of the account is, for other programs; it has a control API under {@code /_emulator/}. */
    public URI host() {
        return tested().host();
    }

    /**
     * Has all events that were captured arrive, without waiting for {@code capture.flush-interval}. What PostHog
     * can't take is sent up to ten times, without waiting for the time in between.
     */
    public void flush() {
        tested().flush();
    }

    /** The events that the application captured in this test, in their order, after {@link #flush()}. */
    public List<CapturedEvent> events() {
        return captured().events();
    }

    private CaptureSnapshot captured() {
        AccountUnderTest tested = tested();
        tested.flush();
        return new CaptureSnapshot(tested.emulator().arrivedEvents().valueStream().map(CapturedEvent::of)
                .filter(event -> tested.isOfThisTest(event.uuid())).toList(), tested.progress());
    }

    /** Begins to say what the application must have captured in this test. */
    @CheckReturnValue
    public EventAssert assertThatEvents() {
        return new EventAssert(source());
    }

    /** Begins to say to which flags somebody must have been exposed in this test. */
    @CheckReturnValue
    public ExposureAssert assertThatExposures() {
        return new ExposureAssert(source());
    }

    /** The application captured nothing in this test, exposures to flags included, whether or not it has arrived. */
    public void assertNothingCaptured() {
        assertThatEvents().isEmpty();
        tested().progress().filter(progress -> progress.accepted() > 0).ifPresent(progress -> {
            throw new AssertionError(FailureReport.notArrived(account, progress));
        });
    }

    private CapturedEventSource source() {
        return new CapturedEventSource() {

            @Override
            public String account() {
                return account;
            }

            @Override
            public boolean isInProcess() {
                return tested().isInProcess();
            }

            @Override
            public CaptureSnapshot read() {
                return captured();
            }
        };
    }

    /** Waits up to ten seconds until what is asserted holds. What is captured meanwhile arrives. */
    public void eventually(Runnable assertions) {
        eventually(AbstractEventAssert.PATIENCE, assertions);
    }

    /** Waits so long until what is asserted holds. What is captured meanwhile arrives. */
    public void eventually(Duration time, Runnable assertions) {
        PollDeadline deadline = PollDeadline.in(time);
        while (true) {
            try {
                flush();
                assertions.run();
                return;
            } catch (AssertionError e) {
                if (!deadline.pause()) {
                    throw e;
                }
            }
        }
    }

    /** The person with a distinct id, after {@link #flush()}; empty when there is none. */
    public Optional<EmulatedPerson> person(String distinctId) {
        flush();
        return tested().emulator().persons(distinctId).valueStream().map(EmulatedPerson::of).findFirst();
    }

    /** All persons, the newest first, after {@link #flush()}; those of the demo shop included, where there is one. */
    public List<EmulatedPerson> persons() {
        flush();
        return tested().emulator().persons().valueStream().map(EmulatedPerson::of).toList();
    }

    /** The properties of a group, after {@link #flush()}; empty when nobody has set any. */
    public Optional<Map<String, Object>> group(String type, String key) {
        flush();
        JsonNode group = tested().emulator().groups().path(type).path(key);
        return group.isObject() ? Optional.of(JsonValues.map(group)) : Optional.empty();
    }

    /** The requests that PostHog got in this test, the latest ten thousand, the newest last. */
    public List<RecordedRequest> requests() {
        return requests("");
    }

    /** Those {@link #requests()} whose path begins with a text. */
    public List<RecordedRequest> requests(String path) {
        return tested().emulator().requests(path).valueStream().map(RecordedRequest::of).toList();
    }

    /** Those {@link #requests()} that ask for something. */
    public List<RecordedRequest> requests(Endpoint endpoint) {
        return requests().stream().filter(request -> endpoint.matches(request.path())).toList();
    }

    /** The values of flags. */
    public TestFlags flags() {
        return new TestFlags(account);
    }

    /** What goes wrong. */
    public TestFaults faults() {
        return new TestFaults(account);
    }

    /** The time that the account waits by. */
    public TestClock clock() {
        return new TestClock(account);
    }

    /**
     * Changes how the emulator behaves, with the settings of its control API, such as
     * {@code Map.of("rateLimits", true)}; taken back after the test.
     */
    public PostHogTestKit settings(Map<String, Object> settings) {
        tested().emulator().settings(settings);
        return this;
    }

    /**
     * Puts events into the project as if they had come earlier, for tests of what reads them. They do not count as
     * captured. An event without a timestamp happens now.
     */
    public PostHogTestKit store(CaptureEvent... events) {
        return store(List.of(events));
    }

    /** Puts events into the project. See {@link #store(CaptureEvent...)}. */
    public PostHogTestKit store(Iterable<CaptureEvent> events) {
        List<Map<String, Object>> stored = new ArrayList<>();
        events.forEach(event -> stored.add(stored(event)));
        tested().emulator().store(stored);
        return this;
    }

    private static Map<String, Object> stored(CaptureEvent event) {
        Map<String, Object> json = new HashMap<>(Map.of("event", event.event(), "properties", event.properties(),
                "uuid", Optional.ofNullable(event.uuid()).orElseGet(UUID::randomUUID)));
        json.put("distinct_id", event.distinctId());
        json.put("timestamp", event.timestamp());
        return json;
    }

    /** Puts a person into the project. */
    public PostHogTestKit storePerson(String distinctId, Map<String, ?> properties) {
        tested().emulator().storePerson(Map.of("distinct_id", distinctId, "properties", properties));
        return this;
    }

    /** Forgets what was captured and which requests there were until now, and who was exposed to which flag. */
    public PostHogTestKit clear() {
        AccountsUnderTest.forgetCaptured(tested());
        return this;
    }

    /**
     * Puts the project back to how it was when the emulator started, with the demo shop unless
     * {@code devservices.seed} is false: everything else that is in it is gone, as are values of flags, faults and
     * settings.
     */
    public PostHogTestKit reset() {
        AccountUnderTest tested = tested();
        tested.emulator().undo();
        AccountsUnderTest.forgetCaptured(tested);
        tested.emulator().reset();
        tested.reloadFlags();
        return this;
    }

    @Override
    public String toString() {
        return "PostHogTestKit[" + account + "]";
    }
}
