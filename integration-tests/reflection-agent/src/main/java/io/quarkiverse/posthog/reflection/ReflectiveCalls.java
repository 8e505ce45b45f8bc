package io.quarkiverse.posthog.reflection;

import static java.util.Map.entry;

import java.util.Map;

/** The methods of the JDK whose calls are recorded. Each name stands for all of its overloads. */
final class ReflectiveCalls {

    private static final String CLASS = "java/lang/Class.";
    private static final String LOADER = "java/lang/ClassLoader.";
    private static final String FIELD = "java/lang/reflect/Field.";
    private static final String LOOKUP = "java/lang/invoke/MethodHandles$Lookup.";

    private static final Map<String, AccessKind> KINDS = Map.ofEntries(
            entry(CLASS + "getConstructor", AccessKind.CONSTRUCTOR),
            entry(CLASS + "getDeclaredConstructor", AccessKind.CONSTRUCTOR),
            entry(CLASS + "getConstructors", AccessKind.CONSTRUCTORS),
            entry(CLASS + "getDeclaredConstructors", AccessKind.CONSTRUCTORS),
            entry(CLASS + "newInstance", AccessKind.CONSTRUCTOR),
            entry("java/lang/reflect/Constructor.newInstance", AccessKind.CONSTRUCTOR),
            entry(LOOKUP + "findConstructor", AccessKind.CONSTRUCTOR),
            entry(CLASS + "getMethod", AccessKind.METHOD),
            entry(CLASS + "getDeclaredMethod", AccessKind.METHOD),
            entry(CLASS + "getMethods", AccessKind.METHODS),
            entry(CLASS + "getDeclaredMethods", AccessKind.METHODS),
            entry(CLASS + "getRecordComponents", AccessKind.METHODS),
            entry("java/lang/reflect/Method.invoke", AccessKind.METHOD),
            entry(LOOKUP + "findVirtual", AccessKind.METHOD),
            entry(LOOKUP + "findStatic", AccessKind.METHOD),
            entry(LOOKUP + "findSpecial", AccessKind.METHOD),
            entry(CLASS + "getField", AccessKind.FIELD),
            entry(CLASS + "getDeclaredField", AccessKind.FIELD),
            entry(CLASS + "getFields", AccessKind.FIELDS),
            entry(CLASS + "getDeclaredFields", AccessKind.FIELDS),
            entry(FIELD + "get", AccessKind.FIELD),
            entry(FIELD + "getBoolean", AccessKind.FIELD),
            entry(FIELD + "getInt", AccessKind.FIELD),
            entry(FIELD + "getLong", AccessKind.FIELD),
            entry(FIELD + "set", AccessKind.FIELD),
            entry(FIELD + "setBoolean", AccessKind.FIELD),
            entry(FIELD + "setInt", AccessKind.FIELD),
            entry(FIELD + "setLong", AccessKind.FIELD),
            entry(LOOKUP + "findGetter", AccessKind.FIELD),
            entry(LOOKUP + "findSetter", AccessKind.FIELD),
            entry(LOOKUP + "findStaticGetter", AccessKind.FIELD),
            entry(LOOKUP + "findStaticSetter", AccessKind.FIELD),
            entry(LOOKUP + "findVarHandle", AccessKind.FIELD),
            entry(LOOKUP + "findStaticVarHandle", AccessKind.FIELD),
            entry(CLASS + "forName", AccessKind.CLASS),
            entry(LOADER + "loadClass", AccessKind.CLASS),
            entry(LOOKUP + "findClass", AccessKind.CLASS),
            entry(CLASS + "getResource", AccessKind.RESOURCE),
            entry(CLASS + "getResourceAsStream", AccessKind.RESOURCE),
            entry(LOADER + "getResource", AccessKind.RESOURCE),
            entry(LOADER + "getResources", AccessKind.RESOURCE),
            entry(LOADER + "getResourceAsStream", AccessKind.RESOURCE),
            entry(LOADER + "getSystemResource", AccessKind.RESOURCE),
            entry(LOADER + "getSystemResources", AccessKind.RESOURCE),
            entry(LOADER + "getSystemResourceAsStream", AccessKind.RESOURCE),
            entry("java/util/ResourceBundle.getBundle", AccessKind.BUNDLE),
            entry("java/util/ServiceLoader.load", AccessKind.SERVICE),
            entry("java/lang/reflect/Proxy.newProxyInstance", AccessKind.PROXY));

    private ReflectiveCalls() {
    }

    /** Returns the kind of access of a method; null if its calls are not recorded. */
    static AccessKind kind(String owner, String method) {
        return KINDS.get(owner + "." + method);
    }
}
