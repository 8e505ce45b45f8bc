package io.quarkiverse.posthog.emulator.seed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.api.ResourcesApi;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.Project;

/** Annotations, surveys and other resources of the demo shop. */
final class DemoShopResources {

    private final Project project;
    private final Instant now;

    DemoShopResources(Project project) {
        this.project = project;
        this.now = project.now();
    }

    void add() {
        if (project.resources().has("annotations")) {
            return;
        }
        add("annotations", 10, "date_marker", "{'content': 'Summer sale starts'}");
        add("annotations", 6, "date_marker", "{'content': 'Release 2.4: new checkout'}");
        add("annotations", 1, "date_marker", "{'content': 'Release 2.5: faster search'}");
        add("actions", 14, "created_at", """
                {'name': 'Checkout completed', 'tags': ['checkout'], 'steps': [{'event': 'order placed'}]}""");
        add("actions", 13, "created_at", """
                {'name': 'Looked at a product', 'steps': [{'event': 'product viewed'}]}""");
        add("experiments", 12, "created_at", """
                {'name': 'New checkout', 'description': 'Does the new checkout lead to more orders?',
                 'feature_flag_key': 'new-checkout', 'start_date': '2026-01-01T00:00:00Z'}""");
        add("surveys", 9, "created_at", """
                {'name': 'Satisfaction', 'type': 'popover', 'start_date': '2026-01-01T00:00:00Z', 'questions':
                 [{'type': 'rating', 'question': 'How likely are you to recommend us?', 'scale': 10}]}""");
        add("surveys", 3, "created_at",
                """
                        {'name': 'Why do you leave?', 'type': 'api', 'questions': [{'type': 'open', 'question': 'What was missing?'}]}""");
        add("early_access_feature", 8, "created_at", """
                {'name': 'Wish lists', 'stage': 'beta', 'description': 'Collect products for later'}""");
        add("batch_exports", 7, "created_at", """
                {'name': 'Events to S3', 'interval': 'day', 'destination': {'type': 'S3', 'config':
                 {'bucket_name': 'shop-events', 'region': 'eu-central-1', 'prefix': 'posthog/'}}}""");
        for (String person : List.of("ada", "ben", "chloe")) {
            ObjectNode recording = parse("""
                    {'viewed': false, 'recording_duration': 93, 'click_count': 12, 'keypress_count': 4,
                     'start_url': 'https://shop.example.com/'}""").put("id", "0192f0ff-0000-7000-8000-" + id(person))
                    .put("distinct_id", person).put("start_time", ago(List.of("chloe", "ben", "ada").indexOf(person) + 1));
            project.resources().add("session_recordings", recording);
        }
        // A type is added when the first event of a group arrives
        project.groups().set("company", "acme", parse("{'name': 'Acme', 'plan': 'pro', 'employees': 120}"));
        project.groups().set("company", "globex", parse("{'name': 'Globex', 'plan': 'free', 'employees': 8}"));
    }

    private static String id(String person) {
        return String.format("%012x", person.hashCode() & 0xffffffL);
    }

    private void add(String resource, int daysAgo, String timeField, String fields) {
        ObjectNode item = parse(fields).put(timeField, ago(daysAgo));
        project.resources().add(resource, ResourcesApi.complete(project, resource, item));
    }

    private String ago(int days) {
        return TimestampFormats.zulu(now.minus(Duration.ofDays(days)));
    }

    private static ObjectNode parse(String json) {
        return (ObjectNode) EmulatorJson.constant(json.replace('\'', '"'));
    }
}
