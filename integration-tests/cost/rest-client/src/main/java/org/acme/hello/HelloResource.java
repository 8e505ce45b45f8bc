package org.acme.hello;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.smallrye.common.annotation.NonBlocking;

/** A minimal endpoint. */
@Path("/hello")
public class HelloResource {

    @GET
    @NonBlocking
    public String hello() {
        return "hello";
    }
}
