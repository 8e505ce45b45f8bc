package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.io.IOException;
import java.math.BigInteger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;

/** Replaces integers outside the range of a double, because the time to parse one grows more than linearly with its length. */
final class LongNumberParser extends JsonParserDelegate {

    private static final int MAX_DIGITS = 400;
    /** Too large for a double, so that no filter can use it. */
    private static final BigInteger TOO_LARGE = BigInteger.TEN.pow(MAX_DIGITS);

    LongNumberParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public NumberType getNumberType() throws IOException {
        return isTooLong() ? NumberType.BIG_INTEGER : super.getNumberType();
    }

    @Override
    public BigInteger getBigIntegerValue() throws IOException {
        return isTooLong() ? TOO_LARGE : super.getBigIntegerValue();
    }

    private boolean isTooLong() throws IOException {
        return currentToken() == JsonToken.VALUE_NUMBER_INT && getTextLength() > MAX_DIGITS;
    }
}
