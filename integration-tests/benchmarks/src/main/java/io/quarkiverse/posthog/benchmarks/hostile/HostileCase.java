package io.quarkiverse.posthog.benchmarks.hostile;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A call with a response that takes much memory or time.
 *
 * @param name the name of the response
 * @param call the call
 * @param expected the result that the call must have
 * @param response writes the response
 */
record HostileCase(String name, Call call, Expected expected, Response response) {

    private static final int MB = 1 << 20;

    /** Text that is expensive to match for regular expressions with lookahead or backtracking. */
    private static final List<String> REPEATED = List.of("<", "<a ", "</", "<!--", "&#x", "&amp;", "\"", "\\", "\\u0000", "[",
            "{\"a\":", "1", "-", " ", "\n", "%", ",", "phx_", "phx_a.", "?", "#", "\u0000", "Bearer ");

    /** The result of a call. */
    enum Expected {
        /** The call succeeds. */
        SUCCESS,
        /** The call fails, and the message contains the limit and its configuration key. */
        LIMIT,
        /** The call fails with an exception of the extension. */
        FAILURE,
        /** The call succeeds, or fails with an exception of the extension. */
        ANY
    }

    /** Writes a response. */
    @FunctionalInterface
    interface Response {
        void write(OutputStream out) throws IOException;
    }

    /** Returns all cases. The first case of each call has a valid response. */
    static List<HostileCase> all() {
        List<HostileCase> cases = new ArrayList<>();
        for (Call call : Call.values()) {
            cases.add(new HostileCase("a valid response", call, Expected.SUCCESS, sized("200 OK", begin(call) + end(call))));
            cases.add(new HostileCase("endless JSON", call, Expected.LIMIT, endless("200 OK", begin(call), item(call))));
            cases.add(new HostileCase("endless spaces", call, Expected.LIMIT, endless("200 OK", "", " ".repeat(1024))));
            cases.add(new HostileCase("an endless string", call, Expected.LIMIT, endless("200 OK", "\"", "a".repeat(1024))));
            cases.add(new HostileCase("an endless error page", call, Expected.FAILURE,
                    endless("400 Bad Request", "<html>", "<p>Bad request</p>\n")));
            cases.add(new HostileCase("an endless page of <", call, Expected.FAILURE,
                    endless("503 Unavailable", "", "<".repeat(1024))));
            cases.add(new HostileCase("an error page of 1 MB of <", call, Expected.FAILURE,
                    sized("400 Bad Request", "<".repeat(MB))));
            cases.add(new HostileCase("a gzip bomb of 700 MB", call, Expected.ANY, HostileCase::bomb));
            cases.add(new HostileCase("repeated text with 200", call, Expected.ANY, repeated(200)));
            cases.add(new HostileCase("repeated text with 400", call, Expected.FAILURE, repeated(400)));
            cases.add(new HostileCase("arrays of 500,000 levels", call, Expected.ANY,
                    sized("200 OK", "[".repeat(MB / 2) + "]".repeat(MB / 2))));
        }
        for (Call call : List.of(Call.FLAGS, Call.DEFINITIONS, Call.LIST, Call.QUERY)) {
            cases.add(new HostileCase("a valid response of 2 MB", call, Expected.SUCCESS, large(call, 2)));
            cases.add(new HostileCase("a valid response of 175 MB", call, Expected.LIMIT, large(call, 175)));
        }
        return cases;
    }

    private static String begin(Call call) {
        return switch (call) {
            case CAPTURE, CAPTURE_V1 -> "{\"status\":1,\"results\":{";
            case FLAGS -> "{\"errorsWhileComputingFlags\":false,\"flags\":{";
            case DEFINITIONS -> "{\"group_type_mapping\":{},\"cohorts\":{},\"flags\":[";
            case LIST -> "{\"next\":null,\"results\":[";
            case GET -> "{\"id\":55,\"filters\":[";
            case QUERY -> "{\"columns\":[\"a\"],\"types\":[[\"a\",\"Int64\"]],\"results\":[";
        };
    }

    private static String end(Call call) {
        return switch (call) {
            case CAPTURE, CAPTURE_V1, FLAGS -> "}}";
            case DEFINITIONS, LIST, GET, QUERY -> "]}";
        };
    }

    /** Repeats an element, followed by a comma; %07d is its number. */
    private static String item(Call call) {
        return switch (call) {
            case CAPTURE, CAPTURE_V1 -> "\"01a226cf-2e90-7587-892f-%012d\":{\"result\":\"ok\"},";
            case FLAGS -> "\"flag-%1$07d\":{\"key\":\"flag-%1$07d\",\"enabled\":true,\"variant\":null,\"reason\":"
                    + "{\"code\":\"condition_match\",\"condition_index\":0,\"description\":\"Matched condition set 1\"},"
                    + "\"metadata\":{\"id\":1,\"version\":1}},";
            case DEFINITIONS -> "{\"id\":1,\"key\":\"flag-%07d\",\"active\":true,\"filters\":{\"groups\":[{\"properties\":[],"
                    + "\"rollout_percentage\":50}]}},";
            case LIST -> "{\"uuid\":\"0192bbbb-2222-7000-8000-%1$012d\",\"name\":\"user %1$07d\","
                    + "\"distinct_ids\":[\"user-%1$07d\"],\"properties\":{\"plan\":\"free\"}},";
            case GET -> "{\"key\":\"property-%07d\"},";
            case QUERY -> "[1%06d],";
        };
    }

    private static Response sized(String status, String body) {
        return out -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            head(out, status, "Content-Length: " + bytes.length);
            out.write(bytes);
        };
    }

    private static Response large(Call call, int megabytes) {
        return out -> {
            int items = (int) ((long) megabytes * MB / String.format(item(call), 1).length());
            byte[] begin = begin(call).getBytes(StandardCharsets.UTF_8);
            byte[] end = end(call).getBytes(StandardCharsets.UTF_8);
            long length = begin.length + (long) items * String.format(item(call), 1).length() - 1 + end.length;
            head(out, "200 OK", "Content-Length: " + length);
            out.write(begin);
            for (int i = 0; i < items; i++) {
                String item = String.format(item(call), i);
                out.write(item.substring(0, item.length() - (i == items - 1 ? 1 : 0)).getBytes(StandardCharsets.UTF_8));
            }
            out.write(end);
        };
    }

    private static Response endless(String status, String begin, String item) {
        return out -> {
            head(out, status, "X-Endless: yes");
            out.write(begin.getBytes(StandardCharsets.UTF_8));
            // A hundred different elements are sufficient and use less CPU time
            List<byte[]> items = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                items.add((item.contains("%") ? String.format(item, i) : item).getBytes(StandardCharsets.UTF_8));
            }
            while (true) {
                for (byte[] next : items) {
                    out.write(next);
                }
            }
        };
    }

    private static void bomb(OutputStream out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] spaces = " ".repeat(MB).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 700; i++) {
                gzip.write(spaces);
            }
        }
        head(out, "200 OK", "Content-Encoding: gzip\r\nContent-Length: " + bytes.size());
        bytes.writeTo(out);
    }

    /** Supplies the element to repeat, which can be different each time. */
    private static Response repeated(int status) {
        return new Response() {

            private int next;

            @Override
            public void write(OutputStream out) throws IOException {
                String unit = REPEATED.get(next++ % REPEATED.size());
                sized(status + " X", unit.repeat((MB - 1) / unit.length())).write(out);
            }
        };
    }

    /** The number of calls with this response. */
    int calls() {
        return name.startsWith("repeated") ? REPEATED.size() : 1;
    }

    private static void head(OutputStream out, String status, String header) throws IOException {
        String type = status.startsWith("200") ? "application/json" : "text/html";
        out.write(("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n" + header + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    void respond(OutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        response.write(buffered);
        buffered.flush();
    }
}
