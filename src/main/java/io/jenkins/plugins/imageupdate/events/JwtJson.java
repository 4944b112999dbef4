package io.jenkins.plugins.imageupdate.events;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jsonwebtoken.io.AbstractDeserializer;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads the parts of a JWT within the limits of {@link Json}. */
final class JwtJson extends AbstractDeserializer<Map<String, ?>> {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    @Override
    protected Map<String, ?> doDeserialize(Reader reader) throws IOException {
        StringWriter text = new StringWriter();
        reader.transferTo(text);
        JsonNode document = Json.read(text.toString().getBytes(StandardCharsets.UTF_8));
        if (!document.isObject()) {
            throw new IOException("not a JSON object");
        }
        return MAPPER.convertValue(document, MAP);
    }
}
