package org.acme.shop;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Runs the tests with the packaged application. */
@QuarkusIntegrationTest
class ShopIT extends ShopTest {
}
