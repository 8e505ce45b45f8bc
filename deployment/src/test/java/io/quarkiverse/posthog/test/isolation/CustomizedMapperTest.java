package io.quarkiverse.posthog.test.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;

import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.test.QuarkusUnitTest;

/** The application writes and reads its own JSON in its own way. */
class CustomizedMapperTest extends IsolatedClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(CustomizedMapperTest.class);

    /** A value that only the application can write. */
    public static final class Money {

        final int cents = 4999;
    }

    public record Order(String orderNumber, Money total) {
    }

    @Test
    @Tag("ISO-2")
    void valuesOfPropertiesAreWrittenByTheApplication() {
        account.captureImmediate(CaptureEvent.of("order placed", "zoe").property("total", new Money())
                .property("order", new Order("A-1", new Money()))).await().atMost(Duration.ofSeconds(10));

        JsonNode properties = server.requests().get(server.requests().size() - 1).json().at("/batch/0/properties");
        assertThat(properties.path("total").asText()).isEqualTo("49.99 EUR");
        assertThat(properties.path("order").toString()).contains("A-1", "49.99 EUR");
    }

    @Test
    @Tag("ISO-2")
    void valuesOfPersonPropertiesAreWrittenByTheApplication() {
        account.evaluateFlags(
                FlagContext.of("zoe").flagKeys("beta").onlyEvaluateRemotely().personProperty("total", new Money()))
                .await().atMost(Duration.ofSeconds(10));

        JsonNode request = server.requests().get(server.requests().size() - 1).json();
        assertThat(request.at("/person_properties/total").asText()).isEqualTo("49.99 EUR");
        assertThat(request.path("flag_keys_to_evaluate").toString()).isEqualTo("[\"beta\"]");
    }

    @Singleton
    public static class Customizer implements ObjectMapperCustomizer {

        @Override
        public void customize(ObjectMapper mapper) {
            mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .activateDefaultTyping(LaissezFaireSubTypeValidator.instance, ObjectMapper.DefaultTyping.NON_FINAL)
                    .configure(MapperFeature.USE_ANNOTATIONS, false)
                    .enable(SerializationFeature.WRAP_ROOT_VALUE, SerializationFeature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
                    .enable(DeserializationFeature.UNWRAP_ROOT_VALUE, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .registerModule(new SimpleModule().addSerializer(new MoneySerializer()));
        }
    }

    static final class MoneySerializer extends StdSerializer<Money> {

        private static final long serialVersionUID = 1L;

        MoneySerializer() {
            super(Money.class);
        }

        @Override
        public void serialize(Money money, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(money.cents / 100 + "." + money.cents % 100 + " EUR");
        }

        @Override
        public void serializeWithType(Money money, JsonGenerator json, SerializerProvider provider, TypeSerializer types)
                throws IOException {
            serialize(money, json, provider);
        }
    }
}
