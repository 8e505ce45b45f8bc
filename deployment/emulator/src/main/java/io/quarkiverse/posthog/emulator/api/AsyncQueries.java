package io.quarkiverse.posthog.emulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.HeapSize;
import io.quarkiverse.posthog.emulator.store.Project;

/** Queries that run in the background, or look as if they did: one is ready on its second poll, or soon after it began. */
public final class AsyncQueries {

    private static final Logger LOG = Logger.getLogger(AsyncQueries.class);

    private static final Duration RUN_TIME = Duration.ofMillis(150);
    private static final int POLLS = 2;
    private static final int MAX_KEPT = 1000;
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    private final Project project;
    private final Map<String, Running> queries = new LinkedHashMap<>();
    private long bytes;

    public AsyncQueries(Project project) {
        this.project = project;
    }

    private static final class Running {
        private final String id = UUID.randomUUID().toString();
        private final Instant started;
        private final Supplier<JsonNode> work;
        private int polls;
        private JsonNode results;
        private long size;
        private String error;
        private Instant ended;

        private Running(Instant started, Supplier<JsonNode> work) {
            this.started = started;
            this.work = work;
        }
    }

    /** Begins a query and returns its first status. */
    ObjectNode start(Supplier<JsonNode> work) {
        Running query = new Running(project.now(), work);
        queries.put(query.id, query);
        evictOldest();
        return status(query);
    }

    /** The status of a query, after another poll. */
    Optional<ObjectNode> poll(String id) {
        return Optional.ofNullable(queries.get(id)).map(query -> {
            query.polls++;
            finishDue();
            return status(query);
        });
    }

    /** Does the work of the queries that should be ready by now. */
    void finishDue() {
        queries.values().stream().filter(query -> query.ended == null)
                .filter(query -> query.polls >= POLLS || project.now().isAfter(query.started.plus(RUN_TIME)))
                .forEach(this::finish);
        evictOldest();
    }

    /** The query that was begun last stays, however large its result is. */
    private void evictOldest() {
        while (queries.size() > MAX_KEPT || bytes > MAX_BYTES && queries.size() > 1) {
            cancel(queries.keySet().iterator().next());
        }
    }

    private void finish(Running query) {
        try {
            query.results = query.work.get();
            query.size = HeapSize.of(query.results);
            bytes += query.size;
        } catch (ApiException e) {
            query.error = EmulatorJson.constant(e.response().body()).path("detail").asText();
        } catch (RuntimeException e) {
            // Otherwise it would be tried again with every request, and fail those
            LOG.debugf(e, "Query %s failed", query.id);
            query.error = "Internal error";
        }
        query.ended = project.now();
    }

    boolean cancel(String id) {
        Running removed = queries.remove(id);
        if (removed != null) {
            bytes -= removed.size;
        }
        return removed != null;
    }

    public void clear() {
        queries.clear();
        bytes = 0;
    }

    private ObjectNode status(Running query) {
        boolean complete = query.ended != null;
        ObjectNode status = EmulatorJson.object().put("id", query.id).put("team_id", project.id()).put("complete", complete)
                .put("error", query.error != null).put("error_message", query.error).put("query_async", true);
        status.set("results", query.results);
        status.put("start_time", TimestampFormats.zulu(query.started))
                .put("pickup_time", complete ? TimestampFormats.zulu(query.started) : null)
                .put("end_time", complete ? TimestampFormats.zulu(query.ended) : null)
                .put("expiration_time", TimestampFormats.zulu(query.started.plus(Duration.ofDays(1)))).putNull("task_id")
                .putNull("labels").putNull("insight_id").putNull("dashboard_id").putNull("query_progress");
        return status;
    }
}
