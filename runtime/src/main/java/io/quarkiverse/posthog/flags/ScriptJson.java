package io.quarkiverse.posthog.flags;

import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Writes JSON for HTML scripts: all characters with a meaning in HTML or JavaScript are escaped. */
final class ScriptJson {

    private ScriptJson() {
    }

    static String write(Object value) {
        ObjectMapper mapper = JsonMapper.builder().build();
        mapper.getFactory().setCharacterEscapes(new HtmlEscapes());
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class HtmlEscapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] escapes = CharacterEscapes.standardAsciiEscapesForJSON();
            for (char character : "<>&'".toCharArray()) {
                escapes[character] = CharacterEscapes.ESCAPE_STANDARD;
            }
            return escapes;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return character == 0x2028 || character == 0x2029 ? new SerializedString(String.format("\\u%04x", character))
                    : null;
        }
    }
}
