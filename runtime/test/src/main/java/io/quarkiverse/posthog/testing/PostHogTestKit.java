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
 * Test support for a PostHog account: inspects captured events, sets flag values and simulates
 * failures. It uses the emulator that Dev Services start for accounts without keys, and
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
 *         posthog.assertThatEvents().named("purchase").withDistinctId("user-123").withProperty("amount", 49.99).hasSize(1);
 *     }
 * }
 * </pre>
 * <p>
 * Each test starts without captured events and recorded requests, unless {@link KeepCapturedEvents} is present.
 * Flag values, faults and settings are removed after each test, even if it fails. The content of the project
 * is kept: persons, groups, and flags that were created; see {@link #reset()}.
 * <p>
 * In a {@code @QuarkusIntegrationTest}, which does not support injection, use {@link #of()} and {@link #of(String)}.
 * The {@link #clock()} requires an application in the same process. Assertions wait for events, because they
 * cannot flush the application.
 * <p>
 * Can be used by several threads. Accounts are independent of each other.
 */
public final class PostHogTestKit {

    private final String account;

    private PostHogTestKit(String account) {
        this.account = account;
    }

    /** Returns the test kit of the default account. */
    public static PostHogTestKit of() {
        return of(PostHogAccount.DEFAULT);
    }

    /**
     * Returns the test kit of an account. Whether the account and its emulator exist is checked when the kit is used.
     */
    public static PostHogTestKit of(String account) {
        return new PostHogTestKit(account);
    }

    private AccountUnderTest tested() {
        return AccountUnderTest.of(account);
    }

    /** Returns the name of the account, {@value PostHogAccount#DEFAULT} for the default account. */
    public String account() {
        return account;
    }

    /** Returns the URL of the emulator, for other programs. It has a control API under {@code /_emulator/}. */
    public URI host() {
        return tested().host();
    }

    /**
     * Delivers all captured events, without waiting for {@code capture.flush-interval}. Failed requests are retried up
     * to ten times, without delays.
     */
    public void flush() {
        tested().flush();
    }

    /** Returns the events that the application captured in this test, in order, after {@link #flush()}. */
    public List<CapturedEvent> events() {
        return captured().events();
    }

    private CaptureSnapshot captured() {
        AccountUnderTest tested = tested();
        tested.flush();
        return new CaptureSnapshot(tested.emulator().arrivedEvents().valueStream().map(CapturedEvent::of)
                .filter(event -> tested.isOfThisTest(event.uuid())).toList(), tested.progress());
    }

    /** Starts an assertion on the events that the application captured in this test. */
    @CheckReturnValue
    public EventAssert assertThatEvents() {
        return new EventAssert(source());
    }

    /** Starts an assertion on the exposures to flags in this test. */
    @CheckReturnValue
    public ExposureAssert assertThatExposures() {
        return new ExposureAssert(source());
    }

    /**
     * Asserts that the application captured nothing in this test, including exposures and events that have not arrived.
     */
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

    /**
     * Waits for up to ten seconds until the assertions hold. Events that are captured in the meantime are delivered.
     */
    public void eventually(Runnable assertions) {
        eventually(AbstractEventAssert.DEFAULT_TIMEOUT, assertions);
    }

    /**
     * Waits for up to the given time until the assertions hold. Events that are captured in the meantime are delivered.
     */
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

    /** Returns the person with a distinct ID, after {@link #flush()}; empty if it does not exist. */
    public Optional<EmulatedPerson> person(String distinctId) {
        flush();
        return tested().emulator().persons(distinctId).valueStream().map(EmulatedPerson::of).findFirst();
    }

    /** Returns all persons, newest first, after {@link #flush()}; includes the persons of the demo shop. */
    public List<EmulatedPerson> persons() {
        flush();
        return tested().emulator().persons().valueStream().map(EmulatedPerson::of).toList();
    }

    /** Returns the properties of a group, after {@link #flush()}; empty if there are none. */
    public Optional<Map<String, Object>> group(String type, String key) {
        flush();
        JsonNode group = tested().emulator().groups().path(type).path(key);
        return group.isObject() ? Optional.of(JsonValues.map(group)) : Optional.empty();
    }

    /** Returns the latest ten thousand requests of this test, in order of arrival. */
    public List<RecordedRequest> requests() {
        return requests("");
    }

    /** Returns the {@link #requests()} whose path starts with the given text. */
    public List<RecordedRequest> requests(String path) {
        return tested().emulator().requests(path).valueStream().map(RecordedRequest::of).toList();
    }

    /** Returns the {@link #requests()} to an endpoint. */
    public List<RecordedRequest> requests(Endpoint endpoint) {
        return requests().stream().filter(request -> endpoint.matches(request.path())).toList();
    }

    /** Returns the functions to set flag values. */
    public TestFlags flags() {
        return new TestFlags(account);
    }

    /** Returns the functions to simulate failures. */
    public TestFaults faults() {
        return new TestFaults(account);
    }

    /** Returns the clock of the account. */
    public TestClock clock() {
        return new TestClock(account);
    }

    /**
     * Changes settings of the emulator through its control API, such as {@code Map.of("rateLimits", true)}. They are
     * restored after the test.
     */
    public PostHogTestKit emulatorSettings(Map<String, Object> settings) {
        tested().emulator().settings(settings);
        return this;
    }

    /**
     * Stores events in the project, for tests of code that reads them. They are not treated as captured events. An
     * event without a timestamp gets the current time.
     */
    public PostHogTestKit storeEvents(CaptureEvent... events) {
        return storeEvents(List.of(events));
    }

    /** Stores events in the project. See {@link #storeEvents(CaptureEvent...)}. */
    public PostHogTestKit storeEvents(Iterable<CaptureEvent> events) {
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

    /** Stores a person in the project. */
    public PostHogTestKit storePerson(String distinctId, Map<String, ?> properties) {
        tested().emulator().storePerson(Map.of("distinct_id", distinctId, "properties", properties));
        return this;
    }

    /** Discards the captured events, the recorded requests and the exposures. */
    public PostHogTestKit clear() {
        AccountsUnderTest.forgetCaptured(tested());
        return this;
    }

    /**
     * Restores the initial state of the project, with the demo shop unless {@code devservices.seed} is false. All other
     * data, flag values, faults and settings are removed.
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
