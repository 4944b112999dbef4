package io.jenkins.plugins.imageupdate.job;

import com.thoughtworks.xstream.converters.ConversionException;
import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Writes this plugin's records as XML and reads them back, since XStream cannot make records. A component is an element of its name; null,
 * 0, false and empty collections are left out. No class name gets into a file. An element that the record does not have is an error: what a ledger
 * leaves out would be seen for the first time. Records check themselves when they are made.
 */
public final class RecordConverter implements Converter {
    private static final String ENTRY = "entry";
    private static final String KEY = "key";

    /** The types that are written as text, by {@code toString}. */
    private static final Map<Class<?>, Function<String, ?>> TEXT = Map.of(
            String.class, Function.identity(),
            int.class, Integer::valueOf,
            Integer.class, Integer::valueOf,
            long.class, Long::valueOf,
            boolean.class, Boolean::valueOf,
            Instant.class, Instant::parse,
            LocalDate.class, LocalDate::parse,
            Digest.class, Digest::parse,
            ImageReference.class, ImageReference::parse,
            Platform.class, Platform::parse);

    /** The values that are left out, and that are read where an element is missing. */
    private static final List<Object> EMPTY = Arrays.asList(null, List.of(), Map.of(), 0, 0L, false);

    @Override
    @SuppressWarnings("rawtypes")
    public boolean canConvert(@CheckForNull Class type) {
        return type != null && type.isRecord() && type.getName().startsWith("io.jenkins.plugins.imageupdate.");
    }

    @Override
    public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
        write((Record) source, writer);
    }

    @Override
    public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
        return readRecord(context.getRequiredType(), reader);
    }

    static void write(Record source, HierarchicalStreamWriter writer) {
        for (RecordComponent component : source.getClass().getRecordComponents()) {
            Object value = value(component, source);
            if (!EMPTY.contains(value)) {
                writer.startNode(component.getName());
                writeValue(value, writer);
                writer.endNode();
            }
        }
    }

    private static Object value(RecordComponent component, Record source) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(source);
        } catch (ReflectiveOperationException e) {
            throw new ConversionException(e);
        }
    }

    private static void writeValue(Object value, HierarchicalStreamWriter writer) {
        if (value instanceof List<?> list) {
            for (Object one : list) {
                writer.startNode(ENTRY);
                writeValue(one, writer);
                writer.endNode();
            }
        } else if (value instanceof Map<?, ?> map) {
            new TreeMap<>(map).forEach((key, one) -> {
                writer.startNode(ENTRY);
                writer.addAttribute(KEY, String.valueOf(key));
                writeValue(one, writer);
                writer.endNode();
            });
        } else if (value instanceof Record one && !TEXT.containsKey(value.getClass())) {
            write(one, writer);
        } else {
            writer.setValue(value instanceof Enum<?> constant ? constant.name() : value.toString());
        }
    }

    @CheckForNull
    private static Object readValue(Type type, HierarchicalStreamReader reader) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == Map.class ? readMap(generic, reader) : readList(generic, reader);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord() && !TEXT.containsKey(plain)) {
            return readRecord(plain, reader);
        }
        return parse(plain, reader.getValue());
    }

    private static List<Object> readList(ParameterizedType type, HierarchicalStreamReader reader) {
        List<Object> list = new ArrayList<>();
        while (reader.hasMoreChildren()) {
            reader.moveDown();
            list.add(readValue(type.getActualTypeArguments()[0], reader));
            reader.moveUp();
        }
        return list;
    }

    private static Map<Object, Object> readMap(ParameterizedType type, HierarchicalStreamReader reader) {
        Map<Object, Object> map = new HashMap<>();
        while (reader.hasMoreChildren()) {
            reader.moveDown();
            String key = String.valueOf(reader.getAttribute(KEY));
            map.put(
                    parse((Class<?>) type.getActualTypeArguments()[0], key),
                    readValue(type.getActualTypeArguments()[1], reader));
            reader.moveUp();
        }
        return map;
    }

    /** @return the record; a {@link ConversionException} says what is wrong with the XML */
    static Object readRecord(Class<?> type, HierarchicalStreamReader reader) {
        Map<String, Object> values = new HashMap<>();
        RecordComponent[] components = type.getRecordComponents();
        while (reader.hasMoreChildren()) {
            reader.moveDown();
            String name = reader.getNodeName();
            RecordComponent component = Arrays.stream(components)
                    .filter(one -> one.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ConversionException("unknown element " + name));
            values.put(name, readValue(component.getGenericType(), reader));
            reader.moveUp();
        }
        Object[] arguments = Arrays.stream(components)
                .map(one -> values.containsKey(one.getName()) ? values.get(one.getName()) : missing(one.getType()))
                .toArray();
        return make(type, arguments);
    }

    private static Object make(Class<?> type, Object[] arguments) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new ConversionException(String.valueOf(e.getCause().getMessage()), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ConversionException(e);
        }
    }

    @CheckForNull
    private static Object missing(Class<?> type) {
        if (type == List.class) {
            return List.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        return type == boolean.class
                ? Boolean.FALSE
                : type.isPrimitive() ? TEXT.get(type).apply("0") : null;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object parse(Class<?> type, String text) {
        try {
            return type.isEnum()
                    ? Enum.valueOf((Class) type, text)
                    : TEXT.get(type).apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ConversionException(String.valueOf(e.getMessage()), e);
        }
    }
}
