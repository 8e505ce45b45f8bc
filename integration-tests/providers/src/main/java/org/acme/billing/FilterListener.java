package org.acme.billing;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/** Registers a filter with every client. */
public class FilterListener implements RestClientListener {

    @Override
    public void onNewClient(Class<?> type, RestClientBuilder builder) {
        builder.register(new LastTokenFilter(), Integer.MAX_VALUE);
    }
}
