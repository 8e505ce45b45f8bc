package io.quarkiverse.posthog.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.PlannedProperty;

/**
 * Writes the tracking plans as JSON and as an AsciiDoc page. The same plans always result in the same text, so that the files
 * can be committed and compared.
 */
final class TrackingPlanWriter {

    static final String JSON = "tracking-plan.json";
    static final String PAGE = "tracking-plan.adoc";

    /** The version of the JSON format. */
    private static final int VERSION = 1;

    private TrackingPlanWriter() {
    }

    /** Writes the files into a directory, or deletes earlier ones if there are no plans. */
    static void write(Path directory, TrackingPlansBuildItem plans) {
        try {
            if (plans.plans().isEmpty()) {
                Files.deleteIfExists(directory.resolve(JSON));
                Files.deleteIfExists(directory.resolve(PAGE));
                return;
            }
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(JSON), json(plans));
            Files.writeString(directory.resolve(PAGE), page(plans));
        } catch (IOException e) {
            throw new UncheckedIOException("The tracking plan can't be written to " + directory, e);
        }
    }

    private static String json(TrackingPlansBuildItem plans) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", VERSION);
        document.put("plans", plans.plans().stream().map(plan -> object("interface", plan.type().name().toString(),
                "description", plan.description())).toList());
        document.put("events", plans.events().stream().map(TrackingPlanWriter::json).toList());
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return new ObjectMapper().writer(new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter))
                .writeValueAsString(document) + "\n";
    }

    private static Map<String, Object> json(PlannedEvent event) {
        return object("name", event.name(), "description", event.description(), "properties",
                event.properties().stream().map(property -> object("name", property.name(), "description",
                        property.description(), "type", property.type().title(), "optional", property.optional())).toList(),
                "groups", event.groups(), "methods", event.methods());
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    private static String page(TrackingPlansBuildItem plans) {
        StringBuilder page = new StringBuilder("= Tracking plan\n");
        for (TrackingPlanInfo plan : plans.plans()) {
            if (!plan.description().isEmpty()) {
                page.append("\n").append(literal(plan.type().name().toString())).append(": ")
                        .append(line(plan.description())).append("\n");
            }
        }
        plans.events().forEach(event -> append(page, event));
        return page.toString().stripTrailing() + "\n";
    }

    private static void append(StringBuilder page, PlannedEvent event) {
        page.append(page.toString().endsWith("\n\n") ? "== " : "\n== ").append(literal(event.name())).append("\n\n");
        if (!event.description().isEmpty()) {
            page.append(line(event.description())).append("\n\n");
        }
        if (!event.properties().isEmpty()) {
            page.append("[cols=\"2,1,1,4\"]\n|===\n|Property |Type |Optional |Description\n");
            for (PlannedProperty property : event.properties()) {
                page.append("\n|").append(cell(literal(property.name()))).append("\n|").append(property.type().title())
                        .append("\n|").append(property.optional() ? "yes" : "no").append("\n|")
                        .append(cell(line(property.description()))).append("\n");
            }
            page.append("|===\n\n");
        }
        append(page, "Groups", event.groups());
        append(page, "Captured by", event.methods());
    }

    private static void append(StringBuilder page, String title, List<String> names) {
        if (!names.isEmpty()) {
            page.append(title).append(": ")
                    .append(String.join(", ", names.stream().map(TrackingPlanWriter::literal).toList())).append("\n\n");
        }
    }

    private static String literal(String text) {
        return "`+" + line(text) + "+`";
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /** Escapes the separator of table cells. */
    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
