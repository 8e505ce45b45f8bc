package io.quarkiverse.posthog.runtime.rest.api;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;

/**
 * The encoded body of a request. It has its own type so that the writers of the application do not apply to it.
 */
public record RequestBody(byte[] bytes) {

    /** Writes the bytes unchanged. */
    public static final class Writer implements MessageBodyWriter<RequestBody> {

        @Override
        public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
            return type == RequestBody.class;
        }

        @Override
        public void writeTo(RequestBody body, Class<?> type, Type genericType, Annotation[] annotations,
                MediaType mediaType, MultivaluedMap<String, Object> headers, OutputStream out) throws IOException {
            out.write(body.bytes());
        }
    }
}
