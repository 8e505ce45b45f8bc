package io.quarkiverse.posthog.emulator.control;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.store.Project;
import io.vertx.ext.web.Router;

/** The page for developers who open the address of the emulator in a browser. */
public final class StartPage {

    private static final String PATH = "/";
    /** The page, and the icon that browsers request for every address that they show, even for an error. */
    public static final Set<String> PATHS = Set.of(PATH, "/favicon.ico");

    private static final String TEMPLATE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>PostHog emulator</title>
            <link rel="icon" href="data:,">
            <style>
            :root { color-scheme: light dark; }
            body { font-family: system-ui, sans-serif; margin: 2rem auto; max-width: 45rem; padding: 0 1rem; }
            code, li { font-family: ui-monospace, monospace; line-height: 1.6; }
            </style>
            </head>
            <body>
            <h1>PostHog emulator</h1>
            <p>This is not PostHog, but an emulator for development and tests. The project has the ID
            <code>%d</code> and the token <code>%s</code>.</p>
            %s
            <h2>Control API</h2>
            <ul>
            %s
            </ul>
            <h2>Events and flags</h2>
            <ul>
            %s
            </ul>
            <p>The private API is below <code>/api/</code> and needs the personal API key, which
            <a href="/_emulator/">the status</a> shows.</p>
            </body>
            </html>
            """;
    private static final String DEV_UI = "<p>Open <a id=\"dev-ui\" href=\"%s\">the Dev UI of the application</a>"
            + " to see its events and flags.</p>";
    private static final String NO_DEV_UI = "<p>This emulator has no Dev UI: it runs standalone or in tests, or the application"
            + " does not serve HTTP on a fixed port.</p>";

    private final String html;

    /**
     * @param devUi the URL of the Dev UI, {@code null} if there is none
     * @param openPaths the paths for events and flags
     */
    public StartPage(Project project, String devUi, List<String> openPaths) {
        this.html = TEMPLATE.formatted(project.id(), escaped(project.apiToken()),
                devUi == null ? NO_DEV_UI : DEV_UI.formatted(escaped(devUi)),
                ControlApi.endpoints().map(StartPage::item).collect(Collectors.joining("\n")),
                openPaths.stream().map(path -> item("POST " + path + "/")).collect(Collectors.joining("\n")));
    }

    public void addTo(Router router) {
        EmulatorResponse answer = EmulatorResponse.html(html).with("Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'");
        router.get(PATH).handler(context -> answer.send(context.response()));
    }

    /** A browser can follow a link only to an endpoint that is read. */
    private static String item(String endpoint) {
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        return endpoint.startsWith("GET ") ? "<li>GET <a href=\"" + path + "\">" + path + "</a></li>"
                : "<li>" + endpoint + "</li>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
