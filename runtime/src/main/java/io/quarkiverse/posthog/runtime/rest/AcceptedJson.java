package io.quarkiverse.posthog.runtime.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Writes only JSON that PostHog's parser accepts. It rejects the whole request for half of a surrogate pair and for a number
 * outside the range of a double, which Java and Jackson both allow.
 */
public final class AcceptedJson {

    private static final char REPLACEMENT = '\uFFFD';

    /** A decimal with more digits than this, before or after the point, is sent as the nearest double. */
    private static final int MAX_DIGITS = 308;

    /** All integers with this many bits are in the range of a double. */
    private static final int MAX_BITS = Double.MAX_EXPONENT;

    /** The length up to which numbers in text form are read exactly: Jackson's own limit. */
    private static final int MAX_LENGTH = 1_000;

    /** Not the factory of an application, which may write numbers as text or names without quotes. */
    private static final JsonFactory FACTORY = new JsonFactory();

    private AcceptedJson() {
    }

    /** Converts a value with a mapper. Numbers that JSON does not have, or PostHog does not accept, become null. */
    public static byte[] bytes(ObjectMapper mapper, Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = new Generator(FACTORY.createGenerator(out))) {
            json.setCodec(mapper);
            mapper.writeValue(json, value);
        }
        return out.toByteArray();
    }

    /**
     * The text with U+FFFD for each half of a surrogate pair, which is not valid JSON, and for each NUL, because older
     * versions of PostHog lose an event that contains one.
     */
    public static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return text.codePoints().map(AcceptedJson::accepted)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            }
        }
        return text;
    }

    private static int accepted(int codePoint) {
        return codePoint == 0 || isHalf(codePoint) ? REPLACEMENT : codePoint;
    }

    /** Whether the text contains half of a surrogate pair. */
    static boolean isMalformed(String text) {
        return text.codePoints().anyMatch(AcceptedJson::isHalf);
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** Writes null instead of what is not a number. */
    public static void write(double number, JsonGenerator json) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    /** Writes null instead of what is not a number. A float is written with its own digits. */
    public static void write(float number, JsonGenerator json) throws IOException {
        if (Float.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    /** Writes null instead of a number outside the range of a double. */
    public static void write(BigDecimal number, JsonGenerator json) throws IOException {
        int digits = number.precision();
        int scale = number.scale();
        // Decided without its digits: 1E+1000000000 is a small object, but has a billion of them
        if (digits <= MAX_DIGITS && scale <= MAX_DIGITS && scale >= digits - MAX_DIGITS) {
            json.writeNumber(number);
        } else {
            write(number.doubleValue(), json);
        }
    }

    /** Writes null instead of a number outside the range of a double. */
    public static void write(BigInteger number, JsonGenerator json) throws IOException {
        if (number.bitLength() <= MAX_BITS) {
            json.writeNumber(number);
        } else {
            write(number.doubleValue(), json);
        }
    }

    /**
     * Reads a number in text form: exactly, or as the nearest double where it is too long or its exponent too large.
     *
     * @throws NumberFormatException if the text is not a number
     */
    public static Number number(String text) {
        if (text.length() <= MAX_LENGTH) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException e) {
                // NaN, an infinity, an exponent of more than 32 bits, or indeed no number
            }
        }
        return Double.parseDouble(text);
    }

    /** Serializers call whichever of these methods they like. */
    private static final class Generator extends JsonGeneratorDelegate {

        Generator(JsonGenerator json) {
            // What serializers delegate to others has to come back here
            super(json, false);
        }

        @Override
        public void writeFieldName(String name) throws IOException {
            delegate.writeFieldName(text(name));
        }

        @Override
        public void writeFieldName(SerializableString name) throws IOException {
            writeFieldName(name.getValue());
        }

        @Override
        public void writeString(String text) throws IOException {
            delegate.writeString(text == null ? null : text(text));
        }

        @Override
        public void writeString(char[] text, int offset, int length) throws IOException {
            writeString(new String(text, offset, length));
        }

        @Override
        public void writeString(SerializableString text) throws IOException {
            writeString(text.getValue());
        }

        @Override
        public void writeString(Reader reader, int length) throws IOException {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[1_024];
            int read = 0;
            while (read >= 0 && (length < 0 || text.length() < length)) {
                read = reader.read(buffer, 0, length < 0 ? buffer.length : Math.min(buffer.length, length - text.length()));
                text.append(buffer, 0, Math.max(read, 0));
            }
            writeString(text.toString());
        }

        @Override
        public void writeArray(double[] array, int offset, int length) throws IOException {
            writeStartArray(array, length);
            for (int i = offset; i < offset + length; i++) {
                writeNumber(array[i]);
            }
            writeEndArray();
        }

        @Override
        public void writeArray(String[] array, int offset, int length) throws IOException {
            writeStartArray(array, length);
            for (int i = offset; i < offset + length; i++) {
                writeString(array[i]);
            }
            writeEndArray();
        }

        @Override
        public void writeNumber(double number) throws IOException {
            write(number, delegate);
        }

        @Override
        public void writeNumber(float number) throws IOException {
            write(number, delegate);
        }

        @Override
        public void writeNumber(BigDecimal number) throws IOException {
            write(number, delegate);
        }

        @Override
        public void writeNumber(BigInteger number) throws IOException {
            write(number, delegate);
        }

        @Override
        public void writeNumber(String text) throws IOException {
            Number number = number(text);
            if (number instanceof BigDecimal decimal) {
                write(decimal, delegate);
            } else {
                write(number.doubleValue(), delegate);
            }
        }

        @Override
        public void writeNumber(char[] text, int offset, int length) throws IOException {
            writeNumber(new String(text, offset, length));
        }
    }
}
