package io.quarkiverse.posthog.test.isolation;

import java.io.IOException;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Interceptors of the application change bodies. */
class InterceptorsTest extends IsolatedClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(InterceptorsTest.class);

    @Provider
    @Priority(1)
    public static class Signature implements ReaderInterceptor, WriterInterceptor {

        @Override
        public Object aroundReadFrom(ReaderInterceptorContext context) {
            throw new IllegalStateException("not signed");
        }

        @Override
        public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
            context.getHeaders().putSingle(FOREIGN_HEADER, "yes");
            context.getOutputStream().write("token-of-the-application".getBytes());
            context.proceed();
        }
    }
}
