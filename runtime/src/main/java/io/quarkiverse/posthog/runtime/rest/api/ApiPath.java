package io.quarkiverse.posthog.runtime.rest.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jboss.resteasy.reactive.common.util.Encode;

import io.quarkiverse.posthog.runtime.support.SecretMask;

/**
 * A path of the private API, such as {@code /api/projects/{project}/cohorts/{id}/}. Each segment is either literal, or a
 * variable in braces whose value is set with {@link #with}. All segments and values follow the rules of {@link PathSegment},
 * so that no path leaves the API. Immutable.
 */
public final class ApiPath {

    private static final String ROOT = "/api/";
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]\\w*)}");
    private static final Pattern DIGIT = Pattern.compile("\\d");

    /** Masks a key in an invalid path, which the message quotes. */
    private static final SecretMask MASK = new SecretMask(List.of());

    private final List<String> segments;
    private final Map<String, PathSegment> values;
    private final String end;

    private ApiPath(List<String> segments, Map<String, PathSegment> values, String end) {
        this.segments = segments;
        this.values = values;
        this.end = end;
    }

    /**
     * Parses a path.
     *
     * @throws IllegalArgumentException if it is not a path below {@code /api/}, or has a query
     */
    public static ApiPath of(String path) {
        if (path == null || !path.startsWith(ROOT) || path.equals(ROOT)) {
            throw invalid(path, "must begin with " + ROOT + ", such as /api/projects/{project}/annotations/; the host is "
                    + "configured with the account");
        }
        if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw invalid(path, "must not contain '?' or '#'; set parameters with query(name, value)");
        }
        String end = path.endsWith("/") ? "/" : "";
        String[] segments = path.substring(ROOT.length(), path.length() - end.length()).split("/", -1);
        for (String segment : segments) {
            if (segment.isBlank()) {
                throw invalid(path, "has an empty segment");
            }
            if (!isVariable(segment)) {
                PathSegment.of("path", segment);
                if (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0) {
                    throw invalid(path, "has the segment '" + MASK.message(segment)
                            + "', but a variable must be a whole segment, such as {id}");
                }
            }
        }
        return new ApiPath(List.of(segments), Map.of(), end);
    }

    private static IllegalArgumentException invalid(String path, String problem) {
        return new IllegalArgumentException("The path '" + MASK.message(path) + "' " + problem);
    }

    private static boolean isVariable(String segment) {
        return VARIABLE.matcher(segment).matches();
    }

    private static String name(String variable) {
        return variable.substring(1, variable.length() - 1);
    }

    /**
     * Sets a variable.
     *
     * @throws IllegalArgumentException if the path does not contain it
     */
    public ApiPath with(String variable, PathSegment value) {
        if (!variables().contains(variable)) {
            throw invalid(template(), "has no variable {" + MASK.message(variable) + "}");
        }
        Map<String, PathSegment> more = new HashMap<>(values);
        more.put(variable, value);
        return new ApiPath(segments, Map.copyOf(more), end);
    }

    /** Sets a variable to an ID. */
    public ApiPath with(String variable, long id) {
        return with(variable, PathSegment.of(variable, Long.toString(id)));
    }

    /** Returns the names of all variables. */
    public Set<String> variables() {
        return segments.stream().filter(ApiPath::isVariable).map(ApiPath::name).collect(Collectors.toSet());
    }

    /** Returns the names of the variables that have no value. */
    public Set<String> unset() {
        return variables().stream().filter(variable -> !values.containsKey(variable)).collect(Collectors.toSet());
    }

    /** Returns the exception for a variable without a value. */
    public IllegalArgumentException missing(String variable) {
        return invalid(template(), "has no value for {" + variable + "}; set it with path(\"" + variable + "\", value)");
    }

    /** Returns the segments below {@code /api/}, with variables in braces. */
    public List<String> segments() {
        return segments;
    }

    /**
     * Returns the path without values, for messages, metrics and spans. Literal segments with digits are replaced, because they
     * are probably IDs.
     */
    public String template() {
        return segments.stream().map(segment -> isVariable(segment) || !DIGIT.matcher(segment).find() ? segment : "{id}")
                .collect(Collectors.joining("/", ROOT, end));
    }

    /**
     * Returns the encoded path below {@code /api/}. The REST client sends it unchanged.
     *
     * @throws IllegalArgumentException if a variable has no value
     */
    @Override
    public String toString() {
        List<String> encoded = new ArrayList<>(segments.size());
        for (String segment : segments) {
            String value = segment;
            if (isVariable(segment)) {
                if (!values.containsKey(name(segment))) {
                    throw missing(name(segment));
                }
                value = values.get(name(segment)).toString();
            }
            encoded.add(encode(value));
        }
        return String.join("/", encoded) + end;
    }

    /** Encodes a segment. Braces would be variables of the REST client. */
    private static String encode(String segment) {
        return Encode.encodePathSegment(segment).replace("{", "%7B").replace("}", "%7D");
    }
}
