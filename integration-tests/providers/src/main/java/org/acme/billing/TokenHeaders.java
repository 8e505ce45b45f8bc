package org.acme.billing;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;

import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;

/** Adds the token of the application to every request. */
@ApplicationScoped
public class TokenHeaders implements ClientHeadersFactory {

    @Override
    public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
            MultivaluedMap<String, String> outgoing) {
        return new MultivaluedHashMap<>(Map.of("Authorization", TokenFilter.TOKEN, "X-Billing", "yes"));
    }
}
