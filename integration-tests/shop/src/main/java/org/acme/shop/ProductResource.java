package org.acme.shop;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("/products")
public class ProductResource {

    @GET
    public List<Product> products() {
        return Product.ALL;
    }
}
