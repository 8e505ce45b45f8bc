package io.quarkiverse.posthog.runtime.config;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.smallrye.config.common.utils.StringUtil;

/** The properties of an account, without its name: {@code host}, {@code capture.flush-at}. */
final class AccountProperties {

    private static final String HEADERS = "headers";
    private static final String DEVSERVICES = "devservices";

    /** An element of a list, such as {@code EXCEPTIONS_IN_APP_INCLUDE_0_}. */
    private static final Pattern ELEMENT = Pattern.compile("(.+)_(\\d+)_");

    private static final Set<String> NAMES = names("", AccountConfig.class).collect(Collectors.toUnmodifiableSet());

    private AccountProperties() {
    }

    /** Only created in applications that are configured with environment variables. */
    private static final class Variables {

        static final Map<String, String> NAMES = AccountProperties.NAMES.stream()
                .collect(Collectors.toUnmodifiableMap(AccountEnvironmentVariable::spelling, name -> name));
    }

    /** The groups are the interfaces of this package. Reading an annotation would delay startup. */
    private static boolean isGroup(Class<?> type) {
        return type.isInterface() && type.getPackage() == AccountConfig.class.getPackage();
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
        return NAMES.contains(StringUtil.unindexed(property)) || isHeader(property) || property.startsWith(DEVSERVICES + ".");
    }

    static boolean isHeader(String property) {
        return property.startsWith(HEADERS + ".");
    }

    /** Returns the property for the end of an environment variable, such as {@code CAPTURE_FLUSH_AT}; null if there is none. */
    static String ofVariable(String text) {
        if (text.startsWith("HEADERS_")) {
            return StringUtil.toLowerCaseAndDotted(text);
        }
        String group = "DEVSERVICES_";
        if (text.startsWith(group) && text.length() > group.length()) {
            return DEVSERVICES + "." + AccountEnvironmentVariable.dashed(text.substring(group.length()));
        }
        Matcher element = ELEMENT.matcher(text);
        if (element.matches()) {
            String list = Variables.NAMES.get(element.group(1));
            return list == null ? null : list + "[" + element.group(2) + "]";
        }
        return Variables.NAMES.get(text);
    }
}
