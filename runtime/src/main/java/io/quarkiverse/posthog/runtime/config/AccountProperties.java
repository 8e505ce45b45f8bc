package io.quarkiverse.posthog.runtime.config;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.common.utils.StringUtil;

/** The properties of an account, without its name: {@code host}, {@code capture.flush-at}. */
public final class AccountProperties {

    private static final String HEADERS = "headers";
    private static final String DEVSERVICES = "devservices";

    private static final Set<String> NAMES = names("", AccountConfig.class).collect(Collectors.toUnmodifiableSet());

    private static final Map<String, String> BY_VARIABLE = NAMES.stream()
            .collect(Collectors.toUnmodifiableMap(AccountVariable::spelling, name -> name));

    private AccountProperties() {
    }

    /** The interfaces whose methods are the properties. */
    public static Stream<Class<?>> groups() {
        return groups(AccountConfig.class);
    }

    private static Stream<Class<?>> groups(Class<?> group) {
        return Stream.concat(Stream.of(group), Stream.of(group.getMethods()).map(Method::getReturnType)
                .filter(AccountProperties::isGroup).flatMap(AccountProperties::groups));
    }

    private static boolean isGroup(Class<?> type) {
        return type.isAnnotationPresent(ConfigGroup.class);
    }

    private static Stream<String> names(String prefix, Class<?> group) {
        return Stream.of(group.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()))
                .flatMap(method -> names(prefix + StringUtil.skewer(method.getName()), method));
    }

    private static Stream<String> names(String name, Method method) {
        if (Map.class.isAssignableFrom(method.getReturnType())) {
            return Stream.empty();
        }
        return isGroup(method.getReturnType()) ? names(name + ".", method.getReturnType()) : Stream.of(name);
    }

    static boolean contains(String property) {
        return NAMES.contains(property) || isHeader(property) || property.startsWith(DEVSERVICES + ".");
    }

    static boolean isHeader(String property) {
        return property.startsWith(HEADERS + ".");
    }

    /** The property that the end of an environment variable names, such as {@code CAPTURE_FLUSH_AT}; null if none. */
    static String ofVariable(String text) {
        if (text.startsWith("HEADERS_")) {
            return StringUtil.toLowerCaseAndDotted(text);
        }
        String group = "DEVSERVICES_";
        if (text.startsWith(group) && text.length() > group.length()) {
            return DEVSERVICES + "." + AccountVariable.dashed(text.substring(group.length()));
        }
        return BY_VARIABLE.get(text);
    }
}
