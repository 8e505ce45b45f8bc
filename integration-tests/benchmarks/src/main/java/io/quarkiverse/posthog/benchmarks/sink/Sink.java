package io.quarkiverse.posthog.benchmarks.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A minimal ingestion server in its own process, which stores requests, counts events later, and fails on demand. {@link
 * SinkControl} contains its commands.
 */
public final class Sink {

    private final ObjectMapper mapper = new ObjectMapper();
    private final Recording recording = new Recording();
    private final SinkServer server;
    private int faultStatus;
    private int retryAfter;
    private long faultEnd;

    private Sink() throws IOException {
        server = new SinkServer(this::respond);
    }

    /** Prints the port and serves until the standard input ends, which happens when the parent process has ended. */
    public static void main(String[] arguments) throws IOException {
        Thread parent = new Thread(() -> {
            try (InputStream input = System.in) {
                input.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // Handled like the end of the input
            }
            System.exit(0);
        });
        parent.setDaemon(true);
        parent.start();
        Sink sink = new Sink();
        System.out.println(sink.server.port());
        sink.server.run();
    }

    private byte[] respond(Request request) throws IOException {
        String[] target = request.target().split("\\?", 2);
        if (target[0].startsWith("/control/")) {
            return control(target[0].substring("/control/".length()), query(target.length > 1 ? target[1] : ""));
        }
        if (System.currentTimeMillis() < faultEnd) {
            return response(faultStatus, retryAfter > 0 ? "Retry-After: " + retryAfter + "\r\n" : "", "{}");
        }
        if (!target[0].startsWith("/batch")) {
            // posthog-server requests its remote configuration and flags
            return response(200, "", "{}");
        }
        recording.add(request);
        return response(200, "", "{\"status\":1}");
    }

    private byte[] control(String command, Map<String, Integer> query) throws IOException {
        switch (command) {
            case "fault" -> {
                faultStatus = query.get("status");
                retryAfter = query.get("retryAfter");
                faultEnd = System.currentTimeMillis() + query.get("millis");
            }
            case "refuse" -> server.refuse(query.get("millis"));
            case "reset" -> recording.clear();
            case "traffic" -> {
                return json(recording.traffic());
            }
            case "count" -> {
                return json(recording.count(query.get("below")));
            }
            default -> {
                return response(404, "", "{}");
            }
        }
        return response(200, "", "{}");
    }

    private byte[] json(Object body) throws JsonProcessingException {
        return response(200, "", mapper.writeValueAsString(body));
    }

    private static Map<String, Integer> query(String query) {
        Map<String, Integer> values = new HashMap<>();
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&")) {
            values.put(parameter.substring(0, parameter.indexOf('=')),
                    Integer.valueOf(parameter.substring(parameter.indexOf('=') + 1)));
        }
        return values;
    }

    private static byte[] response(int status, String headers, String body) {
        return ("HTTP/1.1 " + status + " S\r\nContent-Type: application/json\r\n" + headers + "Content-Length: "
                + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }
}
