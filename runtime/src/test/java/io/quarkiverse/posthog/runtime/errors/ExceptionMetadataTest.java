package io.quarkiverse.posthog.runtime.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.errors.ExceptionLevel;
import io.quarkiverse.posthog.errors.ExceptionMechanism;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.support.SecretMask;
import io.smallrye.mutiny.CompositeException;

/** What an event says about how an exception came to be captured, and how those in it belong together. */
class ExceptionMetadataTest {

    private static final Map<String, Object> OF_REQUEST = Map.of("$exception_level", "debug", "$exception_issue_id", "7",
            "$debug_images", List.of("image"), "$cymbal_errors", List.of("error"), "area", "checkout");

    private final TestErrors test = TestErrors.of("exceptions.autocapture.enabled", "true", "exceptions.log.enabled", "true");

    @Test
    @Tag("EEM-2")
    @Tag("EEM-5")
    @Tag("EEM-9")
    @Tag("EEM-15")
    void whatTheApplicationHasCaughtIsHandled() {
        JsonNode event = test.captured(new PaymentFailed("no money", null));

        assertThat(metadata(event)).isEqualTo(test.json("""
                {"$exception_level": "error", "$exception_list": [
                    {"type": "ExceptionMetadataTest$PaymentFailed", "value": "no money", "mechanism":
                        {"type": "generic", "handled": true, "synthetic": false, "exception_id": 0}}]}"""));
    }

    @Test
    @Tag("EEM-2")
    @Tag("EEM-3")
    @Tag("EEM-8")
    @Tag("EEM-15")
    void aCauseSaysWhatItBelongsToAndNothingElse() {
        JsonNode event = test.captured(new PaymentFailed("no money", new BankClosed("on strike")));

        assertThat(metadata(event)).isEqualTo(test.json("""
                {"$exception_level": "error", "$exception_list": [
                    {"type": "ExceptionMetadataTest$PaymentFailed", "value": "no money", "mechanism":
                        {"type": "generic", "handled": true, "synthetic": false, "exception_id": 0}},
                    {"type": "ExceptionMetadataTest$BankClosed", "value": "on strike", "mechanism":
                        {"type": "chained", "source": "cause", "synthetic": false, "exception_id": 1, "parent_id": 0}}]}"""));
    }

    @Test
    @Tag("EEM-3")
    @Tag("EEM-4")
    @Tag("EEM-15")
    void thePartsOfACompositeExceptionAreItsMembers() {
        Throwable first = new BankClosed("on strike");
        Throwable second = new PaymentFailed("no money", new IllegalArgumentException("amount"));

        JsonNode event = arrived(ExceptionSource.SCHEDULER, ExceptionEvent.of(new CompositeException(first, second)));

        assertThat(mechanisms(event)).isEqualTo(test.json("""
                [{"type": "task", "handled": false, "synthetic": false, "exception_id": 0},
                 {"type": "chained", "source": "member", "synthetic": false, "exception_id": 1, "parent_id": 0},
                 {"type": "chained", "source": "member", "synthetic": false, "exception_id": 2, "parent_id": 0},
                 {"type": "chained", "source": "cause", "synthetic": false, "exception_id": 3, "parent_id": 2}]"""));
        assertThat(TestErrors.list(event)).extracting(exception -> exception.path("value").asText())
                .endsWith("on strike", "no money", "amount");
    }

    @Test
    @Tag("EEM-3")
    void whatWasSuppressedIsNoCause() {
        Exception outermost = new PaymentFailed("no money", new BankClosed("on strike"));
        outermost.addSuppressed(new IllegalStateException("first", new RuntimeException("of the first")));
        outermost.addSuppressed(new IllegalStateException("second"));

        JsonNode event = test.captured(outermost);

        assertThat(TestErrors.list(event)).extracting(exception -> exception.path("value").asText() + " "
                + exception.at("/mechanism/source").asText("-") + " " + exception.at("/mechanism/parent_id").asInt(-1))
                .containsExactly("no money - -1", "first suppressed 0", "of the first cause 1", "second suppressed 0",
                        "on strike cause 0");
    }

    @Test
    @Tag("EEM-4")
    void aCycleEnds() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);
        one.addSuppressed(two);
        two.addSuppressed(one);

        assertThat(TestErrors.list(test.captured(one))).extracting(exception -> exception.path("value").asText())
                .containsExactly("one", "two");
    }

    @Test
    @Tag("EEM-4")
    void ofVeryManyExceptionsTheFirstFiftyAreKept() {
        Exception chain = new Exception("10000");
        for (int i = 9999; i >= 1; i--) {
            chain = new Exception("" + i, chain);
        }

        List<JsonNode> list = TestErrors.list(test.captured(chain));

        assertThat(list).extracting(exception -> exception.path("value").asText()).hasSize(50).startsWith("1", "2")
                .endsWith("49", "50");
        assertThat(list).extracting(exception -> exception.at("/mechanism/exception_id").asInt()).doesNotHaveDuplicates();
        assertThat(list.subList(1, 50)).allSatisfy(exception -> assertThat(exception.at("/mechanism/parent_id").asInt())
                .isEqualTo(exception.at("/mechanism/exception_id").asInt() - 1));
    }

    @Test
    @Tag("EEM-4")
    void ofVeryManySiblingsTheFirstAreKept() {
        Exception outermost = new Exception("outermost");
        for (int i = 1; i <= 1000; i++) {
            outermost.addSuppressed(new Exception("" + i));
        }

        assertThat(TestErrors.list(test.captured(outermost))).extracting(exception -> exception.path("value").asText())
                .hasSize(50).startsWith("outermost", "1", "2").endsWith("49");
    }

    @ParameterizedTest
    @CsvSource({
            "REST,      error, middleware,          false, quarkus.rest_exception_mapper",
            "ROUTES,    error, middleware,          false, quarkus.vertx_failure_handler",
            "SCHEDULER, error, task,                false, quarkus.scheduler",
            "MESSAGING, error, task,                false, quarkus.messaging",
            "UNCAUGHT,  error, onuncaughtexception, false, java.thread_uncaught_exception_handler",
            "LOG,       ,      logger,              true,  quarkus.log_handler" })
    @Tag("EEM-6")
    @Tag("EEM-10")
    @Tag("EEM-15")
    void eachSourceHasItsMetadata(ExceptionSource exceptionSource, String level, String type, boolean handled, String source) {
        JsonNode event = arrived(exceptionSource, ExceptionEvent.of(new PaymentFailed("no money", null)));

        assertThat(event.at("/properties/$exception_level").asText(null)).isEqualTo(level);
        assertThat(event.at("/properties/$exception_source").asText()).isEqualTo(source);
        assertThat(mechanisms(event).get(0)).isEqualTo(test.json("""
                {"type": "%s", "handled": %s, "synthetic": false, "exception_id": 0}""".formatted(type, handled)));
    }

    @Test
    @Tag("EEM-6")
    void whatAMapperMadeAnAnswerOfIsHandled() {
        JsonNode event = arrived(ExceptionSource.REST, ExceptionEvent.of(new PaymentFailed("no money", null)).handled(true));

        assertThat(event.at("/properties/$exception_source").asText()).isEqualTo("quarkus.rest_exception_mapper");
        assertThat(mechanisms(event).get(0).path("handled").asBoolean(false)).isTrue();
        assertThat(mechanisms(event).get(0).path("type").asText()).isEqualTo("middleware");
    }

    @Test
    @Tag("EEM-6")
    @Tag("EEM-11")
    void anEventOverridesTheMetadataOfItsSource() {
        JsonNode event = arrived(ExceptionSource.UNCAUGHT, ExceptionEvent.of(new PaymentFailed("no money", null))
                .level(ExceptionLevel.FATAL).source("java.main").mechanism(new ExceptionMechanism("panic", null, true)));

        assertThat(event.at("/properties/$exception_level").asText()).isEqualTo("fatal");
        assertThat(event.at("/properties/$exception_source").asText()).isEqualTo("java.main");
        assertThat(mechanisms(event).get(0)).isEqualTo(test.json("""
                {"type": "panic", "handled": false, "synthetic": true, "exception_id": 0}"""));
    }

    @Test
    @Tag("EEM-11")
    @Tag("EEM-15")
    void whatIsNotValidLeavesTheRestAsItIs() {
        JsonNode event = test.captured(ExceptionEvent.of(new PaymentFailed("no money", null))
                .level(ExceptionLevel.of("verbose").orElse(null)).source("Orders/Checkout v2").fingerprint(" ")
                .mechanism(new ExceptionMechanism("  ", null, true)));

        assertThat(metadata(event)).isEqualTo(test.json("""
                {"$exception_level": "error", "$exception_list": [
                    {"type": "ExceptionMetadataTest$PaymentFailed", "value": "no money", "mechanism":
                        {"type": "generic", "handled": true, "synthetic": true, "exception_id": 0}}]}"""));
    }

    @Test
    @Tag("EEM-1")
    @Tag("EEM-6")
    @Tag("EEM-11")
    void whereNothingIsKnownNothingIsSaid() {
        CaptureEvent event = new ExceptionEventBuilder(new InAppClassifier(Set.of(), List.of(), List.of()),
                new SecretMask(List.of()), 900_000)
                .of(ExceptionEvent.of(new PaymentFailed("no money", null)), ExceptionMetadata.UNKNOWN);

        assertThat(event.properties()).containsOnlyKeys("$exception_type", "$exception_message", "$exception_list");
        JsonNode list = TestAccounts.mapper().valueToTree(event.properties().get("$exception_list"));
        assertThat(list.get(0).path("mechanism")).isEqualTo(test.json("{\"exception_id\": 0}"));
    }

    @ParameterizedTest
    @CsvSource({ "fatal, FATAL", "CRITICAL, FATAL", "alert, FATAL", "emergency, FATAL", "error, ERROR", "warning, WARNING",
            "warn, WARNING", "log, LOG", "notice, INFO", "info, INFO", "debug, DEBUG", "' Trace ', DEBUG" })
    @Tag("EEM-7")
    void levelsGoByManyNames(String name, ExceptionLevel level) {
        assertThat(ExceptionLevel.of(name)).contains(level);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "verbose", "error!" })
    @Tag("EEM-7")
    void whatIsNoLevelIsNone(String name) {
        assertThat(ExceptionLevel.of(name)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("EEM-7")
    void levelsAreSentAsPostHogCallsThem(ExceptionLevel level) {
        assertThat(test.captured(ExceptionEvent.of(new PaymentFailed("no money", null)).level(level))
                .at("/properties/$exception_level").asText()).isEqualTo(level.name().toLowerCase());
    }

    @Test
    @Tag("EEM-9")
    void anExceptionWithoutAStackIsNoInvention() {
        JsonNode event = test.captured(new RuntimeException("no stack", null, false, false) {
        });

        assertThat(mechanisms(event).get(0).path("synthetic").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "camel.error_handler", "my_app.jobs.nightly" })
    @Tag("EEM-10")
    void aSourceIsTechnologyAndHook(String source) {
        assertThat(test.captured(ExceptionEvent.of(new PaymentFailed("no money", null)).source(source))
                .at("/properties/$exception_source").asText()).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "camel", "Camel.Handler", "camel.", "orders/checkout", "a.b c", "camel.4.14-SNAPSHOT" })
    @Tag("EEM-10")
    void anythingElseIsNoSource(String source) {
        assertThat(test.captured(ExceptionEvent.of(new PaymentFailed("no money", null)).source(source))
                .path("properties").has("$exception_source")).isFalse();
    }

    @Test
    @Tag("EEM-12")
    @Tag("EEM-13")
    @Tag("EEM-14")
    void whatBelongsToErrorTrackingIsNotForTheCallerToSet() {
        Map<String, Object> more = Map.of("$exception_list", List.of(Map.of("type", "Fake")), "$exception_level", "debug",
                "$exception_source", "django.middleware", "$exception_type", "Fake", "$exception_message", "fake",
                "$debug_images", List.of(), "$exception_issue_id", "1", "$exception_handled", false, "$cymbal_errors", 1,
                "$release_id", "r-1");

        JsonNode event = test.captured(ExceptionEvent.of(new PaymentFailed("no money", null)).properties(more)
                .property("$exception_sources", "Fake.java"));

        assertThat(names(event.path("properties"))).containsExactlyInAnyOrder("$release_id", "$exception_level",
                "$exception_type", "$exception_message", "$exception_list", "$lib", "$lib_version", "$is_server",
                "$geoip_disable", "$process_person_profile");
        assertThat(event.at("/properties/$release_id").asText()).isEqualTo("r-1");
        assertThat(event.at("/properties/$exception_level").asText()).isEqualTo("error");
        assertThat(event.at("/properties/$exception_message").asText()).isEqualTo("no money");
        assertThat(TestErrors.list(event).get(0).path("value").asText()).isEqualTo("no money");
    }

    @Test
    @Tag("EEM-12")
    void aFingerprintIsSetOrNotThere() {
        ExceptionEvent plain = ExceptionEvent.of(new PaymentFailed("no money", null));

        assertThat(fingerprint(plain)).isNull();
        assertThat(fingerprint(plain.fingerprint("payments"))).isEqualTo("payments");
        assertThat(fingerprint(plain.property("$exception_fingerprint", "as a property"))).isEqualTo("as a property");
        assertThat(fingerprint(plain.property("$exception_fingerprint", 42))).isNull();
        assertThat(fingerprint(plain.property("$exception_fingerprint", "as a property").fingerprint("payments")))
                .isEqualTo("payments");
    }

    @Test
    @Tag("EEM-12")
    @Tag("EEM-13")
    void propertiesOfTheRequestDoNotReplaceThoseOfTheException() {
        assertNothingReserved(
                arrived(ExceptionSource.REST, ExceptionEvent.of(new PaymentFailed("no money", null)), OF_REQUEST));
    }

    @Test
    @Tag("EEM-12")
    @Tag("EEM-13")
    void neitherDoesAnExceptionThatTheApplicationCaptures() {
        test.capture.inRequest = new RequestData("zoe", null, Map.of(), OF_REQUEST);

        assertNothingReserved(test.captured(ExceptionEvent.of(new PaymentFailed("no money", null))));
    }

    private static void assertNothingReserved(JsonNode event) {
        assertThat(event.at("/properties/$exception_level").asText()).isEqualTo("error");
        assertThat(event.at("/properties/area").asText()).isEqualTo("checkout");
        assertThat(names(event.path("properties"))).doesNotContain("$exception_issue_id", "$debug_images",
                "$cymbal_errors");
    }

    private String fingerprint(ExceptionEvent event) {
        return test.captured(event).at("/properties/$exception_fingerprint").asText(null);
    }

    private JsonNode arrived(ExceptionSource exceptionSource, ExceptionEvent event) {
        return arrived(exceptionSource, event, Map.of());
    }

    private JsonNode arrived(ExceptionSource exceptionSource, ExceptionEvent event, Map<String, Object> ofRequest) {
        test.errors.reported(
                new ExceptionReport(exceptionSource, event, new RequestData(null, null, Map.of(), ofRequest), null, null));
        return test.capture.sent().get(0);
    }

    /** Without what depends on the machine, and without the pair that repeats the first entry. */
    private JsonNode metadata(JsonNode event) {
        ObjectNode properties = event.path("properties").deepCopy();
        properties.retain(names(properties).stream()
                .filter(name -> name.startsWith("$exception_") && !name.equals("$exception_type")
                        && !name.equals("$exception_message"))
                .toList());
        properties.path("$exception_list").forEach(exception -> ((ObjectNode) exception).remove(
                List.of("stacktrace", "module")));
        return properties;
    }

    private JsonNode mechanisms(JsonNode event) {
        return TestAccounts.mapper().valueToTree(
                TestErrors.list(event).stream().map(exception -> exception.path("mechanism")).toList());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> all = object.fieldNames(); all.hasNext();) {
            names.add(all.next());
        }
        return names;
    }

    private static final class PaymentFailed extends RuntimeException {

        PaymentFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final class BankClosed extends RuntimeException {

        BankClosed(String message) {
            super(message);
        }
    }
}
