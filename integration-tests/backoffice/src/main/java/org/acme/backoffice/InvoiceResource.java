package org.acme.backoffice;

import java.util.NoSuchElementException;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Invoices, all of which fail or do not exist. */
@Path("/invoices")
@RolesAllowed("staff")
public class InvoiceResource {

    @Inject
    @Channel("payments")
    Emitter<String> payments;

    /** Fails, because the books cannot be read. */
    public static class BooksUnreadableException extends RuntimeException {

        BooksUnreadableException(String message) {
            super(message);
        }
    }

    @ServerExceptionMapper
    public Response unreadable(BooksUnreadableException e) {
        return Response.status(503).entity("Try again tomorrow").build();
    }

    @ServerExceptionMapper
    public Response missing(NoSuchElementException e) {
        return Response.status(404).build();
    }

    @GET
    @Path("/{number}")
    public String invoice(@PathParam("number") int number) {
        if (number < 0) {
            throw new IllegalArgumentException("There is no invoice " + number);
        }
        throw new NoSuchElementException("There is no invoice " + number);
    }

    @GET
    public String all() {
        throw new BooksUnreadableException("The books are wet");
    }

    /** Records a payment. */
    @POST
    @Path("/{number}/payments")
    public void pay(@PathParam("number") String number) {
        payments.send(number);
    }
}
