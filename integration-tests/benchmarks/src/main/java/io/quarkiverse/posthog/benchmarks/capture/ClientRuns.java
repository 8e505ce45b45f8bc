package io.quarkiverse.posthog.benchmarks.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.PostHogAccounts;

/** Runs the {@link ClientRun} that another process requests, and prints its result. */
public final class ClientRuns {

    /** The argument that selects this program, followed by the run as JSON. */
    public static final String ARGUMENT = "capture-client";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ClientRuns() {
    }

    static String[] arguments(ClientRun run) throws JsonProcessingException {
        return new String[] { ARGUMENT, MAPPER.writerFor(ClientRun.class).writeValueAsString(run) };
    }

    public static void run(String json, PostHogAccounts accounts) throws Exception {
        Object result = MAPPER.readValue(json, ClientRun.class).run(accounts);
        System.out.println(MAPPER.writeValueAsString(result));
    }
}
