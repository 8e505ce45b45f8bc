package org.acme.hello;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.smallrye.common.annotation.NonBlocking;

/** As little as an endpoint can do. */
@Path("/hello")
public class HelloResource {

    @GET
    @NonBlocking
    public String hello() {
        return "hello";
    }
}
