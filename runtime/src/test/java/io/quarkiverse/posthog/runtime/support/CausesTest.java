package io.quarkiverse.posthog.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
class CausesTest {

    @Test
    void beginsWithTheException() {
        IOException root = new IOException();
        IllegalStateException failure = new IllegalStateException(root);

        assertThat(Causes.of(failure)).containsExactly(failure, root);
        assertThat(Causes.of(failure, 1)).containsExactly(failure);
        assertThat(Causes.of(null)).isEmpty();
    }

    @Test
    void containsEachExceptionOfALoopOnce() {
        Exception first = new Exception();
        Exception third = new Exception(first);
        Exception second = new Exception(third);
        first.initCause(second);

        assertThat(Causes.of(first)).containsExactly(first, second, third);
        assertThat(Causes.find(first, IOException.class)).isNull();
    }

    @Test
    void containsEqualExceptions() {
        Exception root = new Equal(null);
        Exception failure = new Equal(root);

        assertThat(Causes.of(failure)).hasSize(2);
    }

    @Test
    void endsIfEveryCauseIsNew() {
        assertThat(Causes.of(new Endless())).hasSize(100);
    }

    @Test
    void endsIfTheCauseCannotBeRead() {
        Exception failure = new Exception() {
            @Override
            public Throwable getCause() {
                throw new StackOverflowError();
            }
        };

        assertThat(Causes.of(failure)).containsExactly(failure);
    }

    private static final class Equal extends Exception {

        Equal(Throwable cause) {
            super(cause);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Equal;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static final class Endless extends Exception {

        @Override
        public Throwable getCause() {
            return new Endless();
        }
    }
}
