package io.quarkiverse.posthog.runtime.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Writes only JSON that PostHog's parser accepts. It rejects the whole request for half of a surrogate pair and for a number
 * outside the range of a double, which Java and Jackson both allow.
 */
public final class PostHogJsonWriter {

    private static final char REPLACEMENT = '\uFFFD';

    /** The maximum number of digits of a decimal, before and after the point. With more digits, the nearest double is sent. */
    private static final int MAX_DIGITS = 308;

    /** The maximum number of bits of an integer that is always in the range of a double. */
    private static final int MAX_BITS = Double.MAX_EXPONENT;

    /** The length up to which numbers in text form are read exactly: Jackson's own limit. */
    private static final int MAX_LENGTH = 1_000;

    /**
     * Writes U+FFFD for NUL, because older versions of PostHog lose an event that contains one. Jackson checks each character
     * for escapes anyway, so this has no cost.
     */
    public static final CharacterEscapes ESCAPES = new NulEscapes();

    /** The default factory. The factory of an application may write numbers as text or names without quotes. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder().characterEscapes(ESCAPES).build();

    private PostHogJsonWriter() {
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
     * Converts a value to another type by way of its JSON.
     *
     * @throws IllegalArgumentException if the value can't be written as JSON
     */
    public static <T> T convert(ObjectMapper mapper, Object value, TypeReference<T> type) {
        try {
            return mapper.readValue(bytes(mapper, value), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A value can't be written as JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("A value can't be written as JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Returns a text with U+FFFD for each half of a surrogate pair, which is not valid JSON. A generator with
     * {@link #ESCAPES} replaces NUL.
     */
    public static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().map(c -> isHalf(c) ? REPLACEMENT : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            }
        }
        return text;
    }

    /** Returns a text as a generator with {@link #ESCAPES} writes it. */
    public static String text(String text) {
        return wellFormed(text).replace((char) 0, REPLACEMENT);
    }

    /** Returns whether the text contains half of a surrogate pair. */
    public static boolean isMalformed(String text) {
        return text.codePoints().anyMatch(PostHogJsonWriter::isHalf);
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** Writes null instead of NaN and infinities. */
    public static void write(double number, JsonGenerator json) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    /** Writes null instead of NaN and infinities. A float is written with its own digits. */
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
        // Does not expand the digits: 1E+1000000000 is a small object, but has a billion digits
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
     * Reads a number in text form: exactly, or as the nearest double if the text is too long or the exponent is too large.
     *
     * @throws NumberFormatException if the text is not a number
     */
    public static Number number(String text) {
        if (text.length() <= MAX_LENGTH) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException e) {
                // NaN, an infinity, an exponent of more than 32 bits, or text that is not a number
            }
        }
        return Double.parseDouble(text);
    }

    private static final class NulEscapes extends CharacterEscapes {

        private static final long serialVersionUID = 1;
        private static final SerializedString SEQUENCE = new SerializedString(String.valueOf(REPLACEMENT));

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[0] = ESCAPE_CUSTOM;
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return character == 0 ? SEQUENCE : null;
        }
    }

    /** Replaces values in all the methods that serializers may call. */
    private static final class Generator extends JsonGeneratorDelegate {

        Generator(JsonGenerator json) {
            // Values that serializers pass on to other serializers must also use this generator
            super(json, false);
        }

        @Override
        public void writeFieldName(String name) throws IOException {
            delegate.writeFieldName(wellFormed(name));
        }

        @Override
        public void writeFieldName(SerializableString name) throws IOException {
            writeFieldName(name.getValue());
        }

        @Override
        public void writeString(String text) throws IOException {
            delegate.writeString(text == null ? null : wellFormed(text));
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
