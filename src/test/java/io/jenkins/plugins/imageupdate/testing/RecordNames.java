package io.jenkins.plugins.imageupdate.testing;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** The names of all components of a record and of the records in it, which are the names of the elements in its XML. */
public final class RecordNames {
    private final Set<String> names = new TreeSet<>();

    private RecordNames() {}

    public static Set<String> of(Class<? extends Record> type) {
        RecordNames found = new RecordNames();
        found.add(type);
        return found.names;
    }

    private void add(Type type) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::add);
        } else if (type instanceof Class<?> plain && plain.isRecord() && !isText(plain)) {
            for (RecordComponent component : plain.getRecordComponents()) {
                names.add(component.getName());
                add(component.getGenericType());
            }
        }
    }

    /** References, digests and platforms are written as text. */
    private static boolean isText(Class<?> type) {
        return type.getPackageName().endsWith(".registry");
    }
}
