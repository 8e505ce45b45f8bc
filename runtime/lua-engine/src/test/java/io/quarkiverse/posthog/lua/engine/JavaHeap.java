package io.quarkiverse.posthog.lua.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Measures the values that are reachable from some values as a JVM with compressed references stores them. It reads the fields
 * of the objects, and knows nothing of the estimates of the engine.
 */
final class JavaHeap {

    private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> pending = new ArrayDeque<>();

    private JavaHeap() {
    }

    static long bytes(Object... roots) {
        JavaHeap heap = new JavaHeap();
        for (Object root : roots) {
            heap.visit(root);
        }
        long total = 0;
        while (!heap.pending.isEmpty()) {
            total += heap.size(heap.pending.pop()) + 7 & ~7L;
        }
        return total;
    }

    private void visit(Object object) {
        if (object != null && isCounted(object) && visited.add(object)) {
            pending.push(object);
        }
    }

    /** Code, functions of Java, and what all scripts share is not counted. */
    private static boolean isCounted(Object object) {
        if (object instanceof Long number) {
            return number < -128 || number > 127;
        }
        if (object instanceof String string) {
            return string.length() > 1;
        }
        if (object instanceof Object[] array) {
            return array.length > 0;
        }
        String name = object.getClass().getSimpleName();
        return object instanceof Double || object instanceof int[] || name.equals("LuaTable") || name.equals("LuaClosure")
                || name.equals("Cell") || name.equals("MatchIterator");
    }

    private long size(Object object) {
        if (object instanceof String string) {
            return 24 + (16 + string.length() + 7 & ~7L);
        }
        if (object instanceof Number) {
            return 16;
        }
        if (object instanceof int[] array) {
            return 16 + 4L * array.length;
        }
        if (object instanceof Object[] array) {
            for (Object element : array) {
                visit(element);
            }
            return 16 + 4L * array.length;
        }
        long size = 12;
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    size += field.getType() == long.class || field.getType() == double.class ? 8 : 4;
                    visit(read(field, object));
                }
            }
        }
        return size;
    }

    private static Object read(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.getType().isPrimitive() ? null : field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
