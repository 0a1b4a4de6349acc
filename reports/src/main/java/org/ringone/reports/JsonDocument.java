package org.ringone.reports;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One value of a JSON file that somebody gave us, with the place where it stands. Whatever is not as it must be is named by
 * the file and that place.
 */
final class JsonDocument {

    /** Far more than the statement of any run is long. */
    private static final long LONGEST = 64L << 20;

    private static final int LONGEST_QUOTE = 60;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String what;
    private final String place;
    private final JsonNode node;

    private JsonDocument(String what, String place, JsonNode node) {
        this.what = what;
        this.place = place;
        this.node = node;
    }

    /**
     * Reads a file of one of our formats.
     *
     * @param what what it must be, for messages
     * @param format what its field {@code format} must say
     * @param schema the version that its field {@code schema} must have
     */
    static JsonDocument read(Path file, String what, String format, int schema) throws ReportException {
        String wrong = file + " is no " + what + ": ";
        JsonNode root;
        try {
            if (!Files.isRegularFile(file)) {
                throw new ReportException("there is no file " + file);
            }
            if (Files.size(file) > LONGEST) {
                throw new ReportException(wrong + "it is longer than " + (LONGEST >> 20) + " MiB");
            }
            root = MAPPER.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new ReportException(wrong + "it is no JSON, or cut off" + line(e.getLocation()), e);
        } catch (IOException e) {
            throw new ReportException(file + " cannot be read: " + e.getMessage(), e);
        }
        JsonDocument document = new JsonDocument(wrong, "", root);
        if (!root.isObject() || !format.equals(root.path("format").textValue())) {
            throw new ReportException(wrong + "its first field must be \"format\": \"" + format + "\"");
        }
        int version = document.number("schema");
        if (version != schema) {
            throw new ReportException(wrong + "it has schema " + version + ", and this program reads schema " + schema
                    + (version > schema ? ": a newer version of it wrote the file" : ""));
        }
        return document;
    }

    /** What a file says it is, in its first field; empty when it says nothing of the kind. */
    static String formatOf(Path file) {
        try (JsonParser parser = MAPPER.createParser(file.toFile())) {
            boolean first = parser.nextToken() == JsonToken.START_OBJECT && "format".equals(parser.nextFieldName());
            String format = first ? parser.nextTextValue() : null;
            return format == null ? "" : format;
        } catch (IOException e) {
            return "";
        }
    }

    private static String line(JsonLocation at) {
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    JsonDocument object(String field) throws ReportException {
        JsonDocument value = field(field);
        value.require(value.node.isObject(), "an object");
        return value;
    }

    String text(String field) throws ReportException {
        JsonDocument value = field(field);
        value.require(value.node.isTextual(), "a text");
        return value.node.textValue();
    }

    /** A text, or null where the file has null. */
    String textOrNull(String field) throws ReportException {
        return field(field).node.isNull() ? null : text(field);
    }

    /** A text that is one of some words. */
    String word(String field, Set<String> words) throws ReportException {
        String text = text(field);
        field(field).require(words.contains(text), "one of " + words);
        return text;
    }

    /** A whole number from 0 on. */
    int number(String field) throws ReportException {
        JsonDocument value = field(field);
        value.require(value.node.isInt() && value.node.intValue() >= 0, "a whole number from 0 on");
        return value.node.intValue();
    }

    /** A whole number from 0 on, of any size that counts can have. */
    long count(String field) throws ReportException {
        JsonDocument value = field(field);
        value.require(
                value.node.isIntegralNumber() && value.node.canConvertToLong() && value.node.longValue() >= 0,
                "a whole number from 0 on");
        return value.node.longValue();
    }

    /** An object of any names whose values are counts. */
    Map<String, Long> counts(String field) throws ReportException {
        JsonDocument object = object(field);
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String name : names(object.node)) {
            counts.put(name, object.count(name));
        }
        return counts;
    }

    boolean flag(String field) throws ReportException {
        JsonDocument value = field(field);
        value.require(value.node.isBoolean(), "true or false");
        return value.node.booleanValue();
    }

    List<JsonDocument> objects(String field) throws ReportException {
        List<JsonDocument> elements = elements(field);
        for (JsonDocument element : elements) {
            element.require(element.node.isObject(), "an object");
        }
        return elements;
    }

    List<String> texts(String field) throws ReportException {
        List<String> texts = new ArrayList<>();
        for (JsonDocument element : elements(field)) {
            element.require(element.node.isTextual(), "a text");
            texts.add(element.node.textValue());
        }
        return texts;
    }

    /** An object whose names are among some words and whose values are whole numbers. */
    Map<String, Integer> numbers(String field, Set<String> words) throws ReportException {
        JsonDocument object = object(field);
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (String name : names(object.node)) {
            object.require(words.contains(name), "an object with names among " + words);
            numbers.put(name, object.number(name));
        }
        return numbers;
    }

    /** An object whose names are among some words and whose values are among others. */
    Map<String, String> words(String field, Set<String> values) throws ReportException {
        JsonDocument object = object(field);
        Map<String, String> words = new LinkedHashMap<>();
        for (String name : names(object.node)) {
            words.put(name, object.word(name, values));
        }
        return words;
    }

    /** Fails with what this value must be. */
    ReportException wrong(String must) {
        String quoted = String.valueOf(node);
        if (quoted.length() > LONGEST_QUOTE) {
            quoted = quoted.substring(0, LONGEST_QUOTE) + "...";
        }
        return new ReportException(what + place + " must be " + must + ", and is " + quoted);
    }

    private void require(boolean holds, String must) throws ReportException {
        if (!holds) {
            throw wrong(must);
        }
    }

    private JsonDocument field(String name) throws ReportException {
        String at = place.isEmpty() ? name : place + "." + name;
        JsonNode value = node.get(name);
        if (value == null) {
            throw new ReportException(what + "it lacks " + at);
        }
        return new JsonDocument(what, at, value);
    }

    private List<JsonDocument> elements(String field) throws ReportException {
        JsonDocument array = field(field);
        array.require(array.node.isArray(), "a list");
        List<JsonDocument> elements = new ArrayList<>();
        for (JsonNode element : array.node) {
            elements.add(new JsonDocument(what, array.place + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
