package io.quarkiverse.posthog.messaging.runtime;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.messaging.EventMapper;
import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;

/** The mappers of the application, by the class of the payload. */
@Singleton
public class EventMappers {

    private final List<Mapper> mappers = new ArrayList<>();
    private final Map<Class<?>, Optional<EventMapper<Object>>> byClass = new ConcurrentHashMap<>();

    private record Mapper(Class<?> payload, EventMapper<Object> mapper) {
    }

    @SuppressWarnings("unchecked")
    EventMappers(@All @Any List<InstanceHandle<EventMapper<?>>> beans) {
        for (InstanceHandle<EventMapper<?>> bean : beans) {
            for (Type type : bean.getBean().getTypes()) {
                if (type instanceof ParameterizedType mapper && mapper.getRawType() == EventMapper.class
                        && mapper.getActualTypeArguments()[0] instanceof Class<?> payload) {
                    mappers.add(new Mapper(payload, (EventMapper<Object>) bean.get()));
                }
            }
        }
    }

    /** @throws IllegalArgumentException if the payload does not become an event, with the reason */
    CaptureEvent map(Object payload) {
        if (payload == null) {
            throw new IllegalArgumentException("the message has no payload");
        }
        String name = payload.getClass().getName();
        EventMapper<Object> mapper = byClass.computeIfAbsent(payload.getClass(), this::closest)
                .orElseThrow(() -> new IllegalArgumentException("the payload is of type " + name
                        + ", which is neither an event nor JSON; add a bean of type EventMapper<" + name + ">"));
        CaptureEvent event;
        try {
            event = mapper.map(payload);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the EventMapper of " + name + " failed: " + e, e);
        }
        if (event == null) {
            throw new IllegalArgumentException("the EventMapper of " + name + " returned null");
        }
        return event;
    }

    private Optional<EventMapper<Object>> closest(Class<?> payload) {
        Mapper closest = null;
        for (Mapper each : mappers) {
            if (each.payload().isAssignableFrom(payload)
                    && (closest == null || closest.payload().isAssignableFrom(each.payload()))) {
                closest = each;
            }
        }
        return Optional.ofNullable(closest).map(Mapper::mapper);
    }
}
