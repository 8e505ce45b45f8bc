package io.quarkiverse.posthog.emulator.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * JSON as PostHog's ingestion and flag services parse it, with {@code serde_json}. The private API, which is written in
 * Python, is less strict and uses {@link EmulatorJson}.
 */
public final class ServiceJson {

    /** The recursion limit of {@code serde_json}. */
    private static final int MAX_DEPTH = 128;

    /** PostHog accepts numbers and texts of any length within a body, unlike Jackson's defaults. */
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(ReceivedBody.LIMIT).maxStringLength(ReceivedBody.LIMIT).maxNameLength(ReceivedBody.LIMIT)
                    .build())
            .build()).build();

    private ServiceJson() {
    }

    /** Decodes UTF-8. */
    public static String decode(byte[] utf8) throws CharacterCodingException {
        // Unlike a new String, a new decoder reports invalid bytes
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    /** Parses one JSON document; nothing may follow it. */
    public static JsonNode parse(String text) throws JsonProcessingException {
        try (JsonParser json = MAPPER.createParser(text)) {
            int documents = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                check(token, json);
                documents += json.getParsingContext().inRoot() ? 1 : 0;
            }
            if (documents != 1) {
                throw new JsonParseException(json, documents == 0 ? "EOF while parsing a value" : "trailing characters");
            }
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("A text can't fail to be read", e);
        }
    }

    /** Rejects values that only Jackson accepts. */
    private static void check(JsonToken token, JsonParser json) throws IOException {
        if (token.isNumeric() && Double.isInfinite(Double.parseDouble(json.getText()))) {
            throw new JsonParseException(json, "number out of range");
        }
        if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
            if (json.getText().codePoints().anyMatch(ServiceJson::isHalfOfAPair)) {
                throw new JsonParseException(json, "lone leading surrogate in hex escape");
            }
        }
    }

    private static boolean isHalfOfAPair(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
