package org.acme.backoffice;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.quarkus.scheduler.Scheduled;

/** Processes payments and closes the books in the background. */
@ApplicationScoped
public class Accounting {

    private final AtomicBoolean due = new AtomicBoolean();

    /** Requires balanced books for the following payments. */
    public void closeTheYear() {
        due.set(true);
    }

    @Incoming("payments")
    void paid(String number) {
        throw new IllegalStateException("Invoice " + number + " was paid already");
    }

    @Scheduled(identity = "balance", every = "1s")
    void balance() {
        if (due.compareAndSet(true, false)) {
            throw new ArithmeticException("The books don't balance");
        }
    }
}
