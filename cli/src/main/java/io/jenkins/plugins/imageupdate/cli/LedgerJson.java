package io.jenkins.plugins.imageupdate.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.jenkins.plugins.imageupdate.ledger.LedgerFormat;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;

/** A ledger as JSON, with the names of {@link LedgerFormat}. What it does not know it refuses, since it would lose it. */
final class LedgerJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(texts())
            .build();

    private LedgerJson() {}

    static byte[] write(LedgerFormat.Content content) {
        try {
            return MAPPER.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every ledger can be written", e);
        }
    }

    /** Reads a ledger; an {@link IllegalArgumentException} says what is wrong with it. */
    static LedgerFormat.Content read(byte[] json) {
        try {
            return MAPPER.readValue(json, LedgerFormat.Content.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(problem(e), e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes can be read", e);
        }
    }

    private static String problem(JsonProcessingException e) {
        boolean ours = e.getCause() instanceof IllegalArgumentException;
        String words = ours ? e.getCause().getMessage() : e.getOriginalMessage();
        String place = ours || e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return Printable.of(words) + place;
    }

    /** Values that are one word or line each. */
    private static SimpleModule texts() {
        SimpleModule module = new SimpleModule();
        text(module, ImageReference.class, ImageReference::parse);
        text(module, Digest.class, Digest::parse);
        text(module, Platform.class, Platform::parse);
        text(module, Instant.class, Instant::parse);
        module.addKeyDeserializer(LocalDate.class, new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) throws IOException {
                return parsed(context, LocalDate.class, LocalDate::parse, key);
            }
        });
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, ToStringSerializer.instance);
        module.addDeserializer(type, new StdScalarDeserializer<T>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return parsed(context, type, parse, parser.getValueAsString(""));
            }
        });
    }

    private static <T> T parsed(DeserializationContext context, Class<T> type, Function<String, T> parse, String text)
            throws IOException {
        try {
            return parse.apply(text);
        } catch (RuntimeException e) {
            return type.cast(context.handleWeirdStringValue(type, text, e.getMessage()));
        }
    }
}
