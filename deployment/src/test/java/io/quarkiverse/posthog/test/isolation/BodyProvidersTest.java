package io.quarkiverse.posthog.test.isolation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Readers and writers of the application replace all others. */
class BodyProvidersTest extends IsolatedClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(BodyProvidersTest.class);

    @Provider
    @Priority(1)
    public static class AnyBody extends Body<Object> {
    }

    @Provider
    @Priority(1)
    @Consumes("*/*")
    @Produces("*/*")
    public static class BytesBody extends Body<byte[]> {
    }

    @Provider
    @Priority(1)
    @Consumes("*/*")
    @Produces("*/*")
    public static class TextBody extends Body<String> {
    }

    abstract static class Body<T> implements MessageBodyReader<T>, MessageBodyWriter<T> {

        @Override
        public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
            return true;
        }

        @Override
        public T readFrom(Class<T> type, Type genericType, Annotation[] annotations, MediaType mediaType,
                MultivaluedMap<String, String> headers, InputStream body) {
            throw new IllegalStateException("a reader of the application");
        }

        @Override
        public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
            return true;
        }

        @Override
        public void writeTo(T entity, Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType,
                MultivaluedMap<String, Object> headers, OutputStream body) throws IOException {
            headers.putSingle(FOREIGN_HEADER, "yes");
            body.write("token-of-the-application".getBytes());
        }
    }
}
