package io.quarkiverse.posthog.test.faults;

import static io.quarkiverse.posthog.test.faults.FaultyResponse.HTML;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.OK;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.contentType;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.delivered;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.half;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.header;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.latin;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.moved;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.noise;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.notJson;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.otherJson;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.readable;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.redirect;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.rejected;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.repeat;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.retried;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.retryAfter;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.statusLine;
import static io.quarkiverse.posthog.test.faults.FaultyResponse.temporary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.quarkiverse.posthog.test.faults.FaultyResponse.Effect;
import io.quarkiverse.posthog.test.faults.RawHttpServer.Exchange;

/** The rows of the fault matrix. */
final class FaultyResponses {

    private static final String CHUNKED = OK + "\r\nTransfer-Encoding: chunked\r\n\r\n";

    private FaultyResponses() {
    }

    /**
     * All rows; those that take longest come first.
     *
     * @param elsewhere another host, for redirects
     */
    static List<FaultyResponse> all(URI elsewhere) {
        return Stream.of(connections(), notHttp(), statusLines(), informational(), headers(), lengths(), chunks(), encodings(),
                contentTypes(), bodies(), redirects(elsewhere), statuses(), retryAfters()).flatMap(rows -> rows).toList();
    }

    private static Stream<FaultyResponse> notHttp() {
        return Stream.of(
                retried("no HTTP head", "<!DOCTYPE html><html>busy</html>\r\n\r\n"),
                retried("no HTTP head, three times", "<!DOCTYPE html><html>busy</html>\r\n\r\n").times(3),
                retried("empty response", ""),
                retried("line end only", "\r\n"),
                retried("64 KB of noise", noise(1 << 16)),
                retried("JSON without a head", "{\"status\":1}"),
                retried("TLS alert", "\u0015\u0003\u0001\u0000\u0002\u0002\u0028"),
                retried("half a TLS handshake",
                        exchange -> exchange.send("\u0016\u0003\u0003\u0000\u007a\u0002\u0000\u0000").hang()),
                retried("HTTP/2 preface",
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000"),
                retried("HTTP/2 settings frame",
                        "\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000" + "\u0000".repeat(18)),
                retried("SSH banner", "SSH-2.0-OpenSSH_9.6\r\n"),
                retried("a request", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    private static Stream<FaultyResponse> statusLines() {
        return Stream.concat(
                Stream.of("HTTP/1.1 0 Odd", "HTTP/1.1 99 X", "HTTP/1.1 600 X", "HTTP/1.1 1000 X", "HTTP/1.1 -1 X",
                        "HTTP/1.1 abc", "HTTP/1.1", "HTTP/1.1 2OO OK", "HTTP/1.1 20 OK", "HTTP/1.1 99999999999 X", "200 OK",
                        "XTTP 200 OK", "HTTP/ 200 OK", "HTTP/1 200 OK").map(FaultyResponse::statusLine),
                Stream.of("HTTP/9.9 200 OK", "HTTP/1.1 200", "HTTP/1.0 200 OK", "HTTP/2.0 200 OK",
                        "HTTP/1.1 200 " + "x".repeat(1 << 20), "HTTP/1.1 200 \u0001\u0080", "HTTP/1.1  200  OK")
                        .map(line -> readable(statusLine(line)).v0(Effect.DELIVERED).v1(Effect.DELIVERED)));
    }

    private static Stream<FaultyResponse> informational() {
        return Stream.of(
                retried("endless 100 Continue", exchange -> repeat(exchange, "HTTP/1.1 100 Continue\r\n\r\n", 2)),
                retried("endless 102 Processing", exchange -> repeat(exchange, "HTTP/1.1 102 Processing\r\n\r\n", 2)),
                retried("endless 103 Early Hints",
                        exchange -> repeat(exchange, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 2)),
                retried("100 Continue and the end", "HTTP/1.1 100 Continue\r\n\r\n"),
                delivered("100 Continue and the response",
                        exchange -> exchange.send("HTTP/1.1 100 Continue\r\n\r\n").respond(OK, exchange.body())),
                retried("101 Switching Protocols",
                        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
                retried("101 and silence", exchange -> exchange
                        .send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n").hang()),
                readable(retried("204", "HTTP/1.1 204 No Content\r\n\r\n")).v0(Effect.DELIVERED),
                readable(retried("205", "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n")).v0(Effect.DELIVERED),
                delivered("206", exchange -> exchange.respond("HTTP/1.1 206 Partial Content\r\nContent-Type: application/json",
                        exchange.body())),
                readable(retried("304", "HTTP/1.1 304 Not Modified\r\n\r\n")));
    }

    private static Stream<FaultyResponse> headers() {
        return Stream.of(
                header("header without a colon", "no colon here"),
                header("header without a name", ": nameless"),
                header("header with NUL", "X-Odd: a\u0000b"),
                header("header with control characters", "X-Odd: a\u0001\u0008\u001bb"),
                header("header that is not ASCII", "X-\u00d6dd: \u00e4\u00ff"),
                header("header name with spaces", "X Odd : a"),
                header("folded header", "X-Odd: a\r\n b"),
                header("header of 10 MB", "X-Long: " + "a".repeat(10 << 20)),
                delivered("100,000 headers", exchange -> exchange.send(OK + "\r\n" + "X-Many: a\r\n".repeat(100_000)
                        + "Content-Length: " + exchange.body().length + "\r\n\r\n").send(exchange.body())),
                retried("endless headers", exchange -> {
                    exchange.send("HTTP/1.1 200 OK\r\n");
                    repeat(exchange, "X-Many: a\r\n".repeat(100), 2);
                }));
    }

    private static Stream<FaultyResponse> lengths() {
        return Stream.of(
                header("two Content-Lengths", "Content-Length: 1"),
                delivered("the same Content-Length twice", exchange -> exchange
                        .respond(OK + "\r\nContent-Length: " + exchange.body().length, exchange.body())),
                length("contradicting Content-Length", "1, 2"),
                length("negative Content-Length", "-1"),
                length("Content-Length that is not a number", "abc"),
                length("empty Content-Length", ""),
                length("hexadecimal Content-Length", "0xff"),
                length("Content-Length over 64 bits", "99999999999999999999"),
                length("huge Content-Length", "9223372036854775807"),
                retried("Content-Length longer than the body", exchange -> exchange
                        .send(OK + "\r\nContent-Length: " + exchange.body().length + "\r\n\r\n").send(half(exchange.body()))
                        .close()),
                retried("Content-Length longer than the body, and silence", exchange -> exchange
                        .send(OK + "\r\nContent-Length: " + exchange.body().length + "\r\n\r\n").send(half(exchange.body()))
                        .hang()),
                readable(retried("Content-Length shorter than the body", exchange -> exchange
                        .send(OK + "\r\nContent-Length: " + exchange.body().length / 2 + "\r\n\r\n").send(exchange.body()))),
                delivered("neither Content-Length nor chunks",
                        exchange -> exchange.send(OK + "\r\n\r\n").send(exchange.body()).close()));
    }

    private static FaultyResponse length(String name, String value) {
        return delivered(name, exchange -> exchange.send(OK + "\r\nContent-Length: " + value + "\r\n\r\n")
                .send(exchange.body()).close());
    }

    private static Stream<FaultyResponse> chunks() {
        return Stream.of(
                badChunk("zz"), badChunk("-5"), badChunk("FFFFFFFFFFFFFFFF"), badChunk("7FFFFFFF"), badChunk(""),
                badChunk("5".repeat(1 << 20)),
                delivered("no last chunk", exchange -> chunk(exchange.send(CHUNKED), exchange.body()).close()),
                retried("half of the chunks", exchange -> chunk(exchange.send(CHUNKED), half(exchange.body())).close()),
                readable(retried("last chunk in the middle",
                        exchange -> chunk(exchange.send(CHUNKED), half(exchange.body())).send("0\r\n\r\n"))),
                retried("chunk cut off", exchange -> exchange.send(CHUNKED)
                        .send(Integer.toHexString(exchange.body().length) + "\r\n").send(half(exchange.body())).close()),
                delivered("garbage in trailers",
                        exchange -> chunk(exchange.send(CHUNKED), exchange.body()).send("0\r\nno colon\u0000\r\n\r\n")),
                delivered("endless trailers", exchange -> {
                    chunk(exchange.send(CHUNKED), exchange.body()).send("0\r\n");
                    repeat(exchange, "X-Many: a\r\n".repeat(100), 2);
                }),
                delivered("unknown Transfer-Encoding",
                        exchange -> exchange.send(OK + "\r\nTransfer-Encoding: snappy\r\n\r\n").send(exchange.body()).close()),
                delivered("Transfer-Encoding and Content-Length", exchange -> chunk(
                        exchange.send(OK + "\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"), exchange.body())
                        .send("0\r\n\r\n")));
    }

    private static FaultyResponse badChunk(String size) {
        return retried("chunk size '" + size + "'",
                exchange -> exchange.send(CHUNKED + size + "\r\n").send(half(exchange.body())).send("\r\n0\r\n\r\n").close());
    }

    private static Exchange chunk(Exchange exchange, byte[] body) throws IOException {
        return exchange.send(Integer.toHexString(body.length) + "\r\n").send(body).send("\r\n");
    }

    private static Stream<FaultyResponse> encodings() {
        return Stream.of(
                header("Content-Encoding gzip without gzip", "Content-Encoding: gzip"),
                header("unknown Content-Encoding", "Content-Encoding: snappy"),
                delivered("gzip that was not asked for",
                        exchange -> exchange.respond(OK + "\r\nContent-Encoding: gzip", gzip(exchange.body()))),
                readable(retried("half of gzip",
                        exchange -> exchange.respond(OK + "\r\nContent-Encoding: gzip", half(gzip(exchange.body()))))));
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    private static Stream<FaultyResponse> contentTypes() {
        return Stream.of(
                contentType("without a subtype", "application/"),
                contentType("without a type", "/json"),
                contentType("of semicolons", ";;;"),
                contentType("with an unknown charset", "text/html; charset=nope"),
                contentType("with an open quote", "application/json; charset=\"utf-8"),
                contentType("with a wildcard", "*/*"),
                contentType("that is empty", ""),
                contentType("of 100 KB", "a/" + "b".repeat(100 << 10)),
                contentType("twice", "text/html\r\nContent-Type: application/json"),
                delivered("no Content-Type", exchange -> exchange.respond("HTTP/1.1 200 OK", exchange.body())));
    }

    private static Stream<FaultyResponse> bodies() {
        return Stream.of(
                readable(retried("200 with an HTML page",
                        exchange -> exchange.respond("HTTP/1.1 200 OK\r\nContent-Type: text/html", latin(HTML)))),
                notJson("an HTML page that claims to be JSON", HTML),
                notJson("nothing", "").v0(Effect.DELIVERED),
                notJson("a line end", "\r\n").v0(Effect.DELIVERED),
                notJson("text", "busy"),
                notJson("NaN", "NaN"),
                notJson("noise", noise(1 << 16)),
                readable(retried("200 with half of the JSON", exchange -> exchange.respond(OK, half(exchange.body())))),
                otherJson("a number", "42"),
                otherJson("a string", "\"busy\""),
                otherJson("an array", "[]"),
                otherJson("null", "null"),
                delivered("200 with garbage after the JSON", exchange -> exchange.respond(OK,
                        latin(new String(exchange.body(), StandardCharsets.UTF_8) + "}]garbage"))),
                otherJson("arrays of 100,000 levels", "[".repeat(100_000) + "]".repeat(100_000)),
                otherJson("a number of a million digits", "{\"status\":" + "1".repeat(1_000_000) + "}"),
                otherJson("invalid UTF-8", "{\"status\":\"\u00ff\u00fe\u0080\"}"),
                delivered("200 with a byte order mark", exchange -> exchange.respond(OK,
                        latin("\u00ef\u00bb\u00bf" + new String(exchange.body(), StandardCharsets.UTF_8)))));
    }

    private static Stream<FaultyResponse> redirects(URI elsewhere) {
        return Stream.of(
                moved("another path of this host", 307, "%2$s"),
                moved("another path of this host", 308, "%2$s"),
                moved("another address of this host", 308, "http://%1$s%2$s"),
                moved("three more paths of this host", 307, "%2$s").times(3),
                redirect("another host", "301", elsewhere + "/stolen"),
                redirect("another host", "302", elsewhere + "/stolen"),
                redirect("another host", "303", elsewhere + "/stolen"),
                redirect("another port", "307", elsewhere + "/stolen"),
                redirect("another port", "308", elsewhere + "/stolen"),
                redirect("another host without a scheme", "307", "//127.0.0.1:" + elsewhere.getPort() + "/stolen"),
                redirect("another host with a backslash", "308", "/\\\\127.0.0.1:" + elsewhere.getPort() + "/stolen"),
                redirect("nowhere", "302", null),
                redirect("nowhere", "307", null),
                redirect("an empty location", "308", ""),
                redirect("half an address", "307", "http://[::1"),
                redirect("a script", "308", "javascript:alert(1)"),
                redirect("a location with control characters", "307", "/a\u0000\u0001b"),
                redirect("a location of 100 KB", "302", "/" + "a".repeat(100 << 10)),
                readable(retried("307 to itself", exchange -> exchange.respond(
                        "HTTP/1.1 307 Moved\r\nLocation: " + exchange.request().target(), new byte[0]))).times(4));
    }

    private static Stream<FaultyResponse> statuses() {
        Stream<FaultyResponse> rejected = Stream.of("400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found",
                "405 Method Not Allowed", "407 Proxy Authentication Required", "413 Content Too Large",
                "415 Unsupported Media Type", "422 Unprocessable", "451 Unavailable", "499 X").map(FaultyResponse::rejected);
        Stream<FaultyResponse> temporary = Stream.of("408 Request Timeout", "500 Internal Server Error", "502 Bad Gateway",
                "503 Service Unavailable", "504 Gateway Timeout", "501 Not Implemented", "599 X")
                .map(FaultyResponse::temporary);
        return Stream.of(rejected, temporary, Stream.of(
                temporary("429 Too Many Requests").v1(Effect.REJECTED),
                repeated("408 Request Timeout"), repeated("502 Bad Gateway"),
                readable(retried("503 that repeats the request", exchange -> exchange.respond(
                        "HTTP/1.1 503 Unavailable\r\nContent-Type: text/html",
                        latin("<pre>" + exchange.request().text() + "</pre>")))),
                readable(retried("503 in JSON that repeats the request", exchange -> exchange.respond(
                        "HTTP/1.1 503 Unavailable\r\nContent-Type: application/json", RawHttpServer.JSON.writeValueAsBytes(
                                Map.of("detail", exchange.request().text())))))))
                .flatMap(rows -> rows);
    }

    private static FaultyResponse repeated(String status) {
        FaultyResponse row = temporary(status);
        return new FaultyResponse(status + ", four times", 4, row.early(), row.readable(), row.v0(), row.v1(), row.response());
    }

    /** Escapes hide a key from whatever looks for it in the text of the response. */
    private static byte[] escaped(String text) throws IOException {
        return latin(RawHttpServer.JSON.writeValueAsString(Map.of("detail", text))
                .replace("ph", "\\u0070\\u0068"));
    }

    private static Stream<FaultyResponse> retryAfters() {
        return Stream.of(
                retryAfter("of garbage", "soon"),
                retryAfter("that is negative", "-5"),
                retryAfter("with a fraction", "0.5"),
                retryAfter("in the past", "Wed, 21 Oct 2015 07:28:00 GMT"),
                retryAfter("over 64 bits", "99999999999999999999"),
                retryAfter("of 64 bits", "9223372036854775807").kept(),
                retryAfter("of a century", "3153600000").kept(),
                retryAfter("in the far future", "Fri, 31 Dec 9999 23:59:59 GMT").kept());
    }

    private static Stream<FaultyResponse> connections() {
        return Stream.of(
                retried("silence before the head, four times", Exchange::hang).times(4),
                retried("reset before the head", Exchange::reset),
                retried("reset after the head",
                        exchange -> exchange.send(OK + "\r\nContent-Length: " + exchange.body().length + "\r\n\r\n").reset()),
                retried("reset in the middle of the body", exchange -> exchange
                        .send(OK + "\r\nContent-Length: " + exchange.body().length + "\r\n\r\n").send(half(exchange.body()))
                        .pause(20).reset()),
                retried("end in the middle of the status line", "HTTP/1.1 2"),
                retried("end in the middle of the head", OK + "\r\nContent-Len"),
                retried("silence before the head", Exchange::hang),
                retried("silence in the middle of the head", exchange -> exchange.send(OK + "\r\nContent-Len").hang()),
                retried("silence after the head",
                        exchange -> exchange.send(OK + "\r\nContent-Length: " + exchange.body().length + "\r\n\r\n").hang()),
                retried("a head that trickles in", exchange -> {
                    exchange.send(OK + "\r\nX-Slow: ");
                    repeat(exchange, "a", 50);
                }),
                retried("a body that trickles in", exchange -> {
                    exchange.send(OK + "\r\nContent-Length: 1000000\r\n\r\n{\"status\":1");
                    repeat(exchange, " ", 50);
                }),
                retried("chunks that trickle in", exchange -> {
                    exchange.send(CHUNKED);
                    repeat(exchange, "1\r\n \r\n", 50);
                }),
                retried("an error page that trickles in", exchange -> {
                    exchange.send("HTTP/1.1 503 Unavailable\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n");
                    repeat(exchange, "1\r\n<\r\n", 50);
                }),
                delivered("a second response", exchange -> exchange.respond(OK, exchange.body())
                        .respond(OK, exchange.body()).hang()),
                delivered("connection closed while idle", exchange -> exchange.respond(OK, exchange.body()).pause(30).close()),
                delivered("connection reset while idle", exchange -> exchange.respond(OK, exchange.body()).pause(30).reset()),
                delivered("Connection: close without the end",
                        exchange -> exchange.respond(OK + "\r\nConnection: close", exchange.body())),
                retried("503 before the request", exchange -> exchange
                        .respond("HTTP/1.1 503 Unavailable\r\nContent-Type: text/plain", latin("busy")).close()).sentEarly(),
                retried("garbage before the request", exchange -> exchange.send(HTML).close()).sentEarly(),
                retried("reset before the request", Exchange::reset).sentEarly(),
                retried("408 before the request, and silence", exchange -> exchange
                        .respond("HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain", latin("slow")).hang())
                        .sentEarly());
    }
}
