package io.quarkiverse.posthog.emulator.api;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.hogql.HogQLResult;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredEvent;
import io.quarkiverse.posthog.emulator.store.StoredPerson;
import io.quarkiverse.posthog.emulator.store.TimeRange;

/** Computes insights from the stored events: trends by day, simple funnels and retention, and SQL. */
public final class InsightCalculator {

    private static final DateTimeFormatter LABEL = DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ENGLISH);
    private static final int RETENTION_DAYS = 7;

    private final Project project;
    private final EventTable table;

    public InsightCalculator(Project project) {
        this.project = project;
        this.table = new EventTable(project);
    }

    /** The query that does the work; visualisations wrap it. */
    static JsonNode source(JsonNode insight) {
        JsonNode query = insight.path("query");
        return query.has("source") ? query.get("source") : query;
    }

    /** Puts the result into the insight, which thereby is cached. */
    public void calculate(ObjectNode insight) {
        JsonNode query = source(insight);
        LocalDate today = LocalDate.ofInstant(project.now(), ZoneOffset.UTC);
        LocalDate from = LocalDate.ofInstant(
                TimestampFormats.parse(query.path("dateRange").path("date_from").asText("-7d"), project.now()), ZoneOffset.UTC);
        insight.putNull("columns").putNull("types").put("hasMore", false);
        insight.set("resolved_date_range", EmulatorJson.object().put("date_from", from + "T00:00:00Z")
                .put("date_to", today + "T23:59:59Z"));
        switch (query.path("kind").asText()) {
            case "TrendsQuery" -> insight.set("result", trends(query, from, today));
            case "FunnelsQuery" -> insight.set("result", funnel(query, range(from)));
            case "RetentionQuery" -> insight.set("result", retention(today));
            case "HogQLQuery" -> sql(insight, query);
            default -> insight.set("result", EmulatorJson.array());
        }
        insight.put("last_refresh", TimestampFormats.zulu(project.now()))
                .put("cache_target_age", TimestampFormats.zulu(project.now().plus(Duration.ofHours(3))))
                .put("next_allowed_client_refresh", TimestampFormats.zulu(project.now().plus(Duration.ofMinutes(3))));
    }

    private void sql(ObjectNode insight, JsonNode query) {
        HogQLResult result = table.run(query);
        insight.set("result", result.rows());
        insight.set("columns", EmulatorJson.array(result.columns()));
        insight.set("types", EventTable.types(result));
        insight.put("hasMore", result.hasMore()).put("hogql", query.path("query").asText());
        insight.putNull("resolved_date_range");
    }

    private ArrayNode trends(JsonNode query, LocalDate from, LocalDate to) {
        ArrayNode series = EmulatorJson.array();
        for (JsonNode node : query.path("series")) {
            String event = node.path("event").asText();
            Map<LocalDate, Long> counts = new HashMap<>();
            project.events().stream(range(from), false).filter(e -> e.event().equals(event))
                    .forEach(e -> counts.merge(day(e), 1L, Long::sum));
            ArrayNode data = EmulatorJson.array();
            ArrayNode labels = EmulatorJson.array();
            ArrayNode days = EmulatorJson.array();
            long total = 0;
            for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
                long count = counts.getOrDefault(day, 0L);
                total += count;
                data.add(count);
                labels.add(LABEL.format(day));
                days.add(day.toString());
            }
            ObjectNode action = EmulatorJson.object().put("id", event).put("type", "events").put("order", series.size())
                    .put("name", event).put("math", node.path("math").asText("total"));
            ObjectNode line = series.addObject().set("action", action);
            line.put("label", event).put("count", total);
            line.set("data", data);
            line.set("labels", labels);
            line.set("days", days);
        }
        return series;
    }

    /** How many persons did the first steps in their order. */
    private ArrayNode funnel(JsonNode query, TimeRange range) {
        Map<UUID, Integer> reached = new HashMap<>();
        JsonNode steps = query.path("series");
        project.events().stream(range, false)
                .forEach(event -> project.personOf(event).map(StoredPerson::uuid).ifPresent(person -> {
                    int next = reached.getOrDefault(person, 0);
                    if (next < steps.size() && steps.get(next).path("event").asText().equals(event.event())) {
                        reached.put(person, next + 1);
                    }
                }));
        ArrayNode result = EmulatorJson.array();
        for (int i = 0; i < steps.size(); i++) {
            int step = i;
            String event = steps.get(i).path("event").asText();
            result.addObject().put("action_id", event).put("name", event).put("custom_name", (String) null).put("order", i)
                    .put("count", reached.values().stream().filter(n -> n > step).count()).put("type", "events");
        }
        return result;
    }

    /** For each day, how many of its persons came back on the days after it. */
    private ArrayNode retention(LocalDate today) {
        LocalDate from = today.minusDays(RETENTION_DAYS - 1L);
        Map<LocalDate, Set<UUID>> active = new HashMap<>();
        project.events().stream(range(from), false).forEach(event -> project.personOf(event).ifPresent(
                person -> active.computeIfAbsent(day(event), d -> new HashSet<>()).add(person.uuid())));
        ArrayNode cohorts = EmulatorJson.array();
        for (int i = 0; i < RETENTION_DAYS; i++) {
            LocalDate start = from.plusDays(i);
            ObjectNode cohort = cohorts.addObject().put("label", "Day " + i).put("date", start + "T00:00:00Z");
            ArrayNode values = cohort.putArray("values");
            for (LocalDate day = start; !day.isAfter(today); day = day.plusDays(1)) {
                Set<UUID> back = new HashSet<>(active.getOrDefault(start, Set.of()));
                back.retainAll(active.getOrDefault(day, Set.of()));
                values.addObject().put("count", back.size());
            }
        }
        return cohorts;
    }

    private static TimeRange range(LocalDate from) {
        return TimeRange.ALL.from(from.atStartOfDay().toInstant(ZoneOffset.UTC), true);
    }

    private static LocalDate day(StoredEvent event) {
        return LocalDate.ofInstant(event.timestamp(), ZoneOffset.UTC);
    }
}
