package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The options of {@code RUN --mount}, values separated by commas, with quotes as in CSV (reference, "RUN --mount"). */
final class Mount {
    private static final Set<String> WITHOUT_SOURCE = Set.of("secret", "ssh", "tmpfs");

    private Mount() {}

    /** The stage or image that is mounted from, or null for none. */
    @CheckForNull
    static String from(String options) {
        String type = "bind";
        String from = null;
        for (String field : fields(options)) {
            int equals = field.indexOf('=');
            String name = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : field.substring(equals + 1);
            if (name.equals("type")) {
                type = value.toLowerCase(Locale.ROOT);
            } else if (name.equals("from")) {
                from = value;
            }
        }
        return from == null || from.isEmpty() || WITHOUT_SOURCE.contains(type) ? null : from;
    }

    private static List<String> fields(String options) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (char c : options.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
