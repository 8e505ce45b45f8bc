package org.acme.billing;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;

/** Authenticates every request after all other filters. */
@Provider
@Priority(Integer.MAX_VALUE)
public class LastTokenFilter extends TokenFilter {
}
