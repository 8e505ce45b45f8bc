package io.quarkiverse.posthog.featureflags;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;

/** Writes whole percentages as PostHog does: {@code 50}, not {@code 50.0}. */
class PercentageSerializer extends StdScalarSerializer<Double> {

    private static final long serialVersionUID = 1L;

    PercentageSerializer() {
        super(Double.class);
    }

    @Override
    public void serialize(Double percentage, JsonGenerator generator, SerializerProvider provider) throws IOException {
        if (percentage == Math.rint(percentage)) {
            generator.writeNumber(percentage.intValue());
        } else {
            generator.writeNumber(percentage);
        }
    }
}
