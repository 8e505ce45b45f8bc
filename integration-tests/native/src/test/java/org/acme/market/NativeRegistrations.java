package org.acme.market;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.posthog.reflection.Access;

/** What the input of {@code native-image} registers: the configuration in the jar of the application and in its libraries. */
final class NativeRegistrations {

    private static final String CONFIGURATION = "META-INF/native-image/";
    private static final String SERVICES = "META-INF/services/";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, List<JsonNode>> types = new HashMap<>();
    private final List<Pattern> resources = new ArrayList<>();
    private final List<String> bundles = new ArrayList<>();
    private final Map<String, List<String>> providers = new HashMap<>();

    private NativeRegistrations() {
    }

    static NativeRegistrations read(Path sources) throws IOException {
        NativeRegistrations registrations = new NativeRegistrations();
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".jar")).forEach(registrations::readJar);
        }
        return registrations;
    }

    private void readJar(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : jar.stream().filter(entry -> !entry.isDirectory()).toList()) {
                try (InputStream content = jar.getInputStream(entry)) {
                    readEntry(entry.getName(), content);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private void readEntry(String name, InputStream content) throws IOException {
        if (name.startsWith(CONFIGURATION) && name.endsWith("/reflect-config.json")) {
            JSON.readTree(content).forEach(type -> types.computeIfAbsent(type.get("name").textValue(),
                    key -> new ArrayList<>()).add(type));
        } else if (name.startsWith(CONFIGURATION) && name.endsWith("/resource-config.json")) {
            JsonNode configuration = JSON.readTree(content);
            configuration.at("/resources/includes").forEach(item -> resources.add(Pattern.compile(pattern(item))));
            configuration.path("bundles").forEach(item -> bundles.add(item.get("name").textValue()));
        } else if (name.startsWith(SERVICES)) {
            List<String> lines = new String(content.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .map(line -> line.replaceFirst("#.*", "").strip()).filter(line -> !line.isEmpty()).toList();
            providers.computeIfAbsent(name.substring(SERVICES.length()), key -> new ArrayList<>()).addAll(lines);
        }
    }

    /** A pattern can start with the name of a module. */
    private static String pattern(JsonNode item) {
        return item.get("pattern").textValue().replaceFirst("^[a-z.]+:", "");
    }

    boolean contain(Access access) {
        String target = access.target();
        return switch (access.kind()) {
            case CLASS -> types.containsKey(target);
            case CONSTRUCTORS -> is(target, "allDeclaredConstructors");
            case METHODS -> is(target, "allDeclaredMethods");
            case FIELDS -> is(target, "allDeclaredFields");
            case CONSTRUCTOR -> isCreated(target);
            case METHOD -> is(target, "allDeclaredMethods") || names(target, "methods").anyMatch(access.member()::equals);
            case FIELD -> is(target, "allDeclaredFields") || names(target, "fields").anyMatch(access.member()::equals);
            case RESOURCE -> isResource(target);
            case BUNDLE -> bundles.stream().anyMatch(bundle -> bundle.replaceFirst("^[a-z.]+:", "").equals(target));
            case SERVICE -> providers.getOrDefault(target, List.of()).stream()
                    .allMatch(provider -> isResource(SERVICES + target) && isCreated(provider));
            case PROXY -> false; // The extension creates none
        };
    }

    private boolean isCreated(String type) {
        return is(type, "allDeclaredConstructors") || names(type, "methods").anyMatch("<init>"::equals);
    }

    private boolean isResource(String name) {
        return resources.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private boolean is(String type, String members) {
        return types.getOrDefault(type, List.of()).stream().anyMatch(registered -> registered.path(members).asBoolean());
    }

    private Stream<String> names(String type, String members) {
        return types.getOrDefault(type, List.of()).stream()
                .flatMap(registered -> StreamSupport.stream(registered.path(members).spliterator(), false))
                .map(member -> member.get("name").textValue());
    }
}
