package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image runs on, {@code os/architecture} or {@code os/architecture/variant}, in the normal form of containerd's
 * {@code platforms} package: {@code linux/aarch64} and {@code linux/arm64/v8} are both {@code linux/arm64}, {@code linux/arm} is
 * {@code linux/arm/v7}.
 *
 * @param os lower case, such as {@code linux}
 * @param architecture as Go names it, such as {@code amd64}
 * @param variant such as {@code v7}, or empty
 * @param osVersion of Windows, such as {@code 10.0.20348}, or empty for any; written {@code windows(10.0.20348)/amd64}
 */
public record Platform(String os, String architecture, String variant, String osVersion) {
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9_.-]{1,64}");

    private static final Pattern OS = Pattern.compile("([a-z0-9_.-]{1,64})\\(([a-z0-9_.+-]{1,64})\\)");

    /** A platform of any version of its operating system. */
    public Platform(String os, String architecture, String variant) {
        this(os, architecture, variant, "");
    }

    /** Reads a platform; an {@link IllegalArgumentException} says what is wrong. */
    public static Platform parse(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split("/", -1);
        Matcher versioned = OS.matcher(parts[0]);
        String osVersion = versioned.matches() ? versioned.group(2) : "";
        if (versioned.matches()) {
            parts[0] = versioned.group(1);
        }
        boolean wellFormed = parts.length == 2 || parts.length == 3;
        for (String part : parts) {
            wellFormed &= COMPONENT.matcher(part).matches();
        }
        if (!wellFormed) {
            throw new IllegalArgumentException("\"" + Printable.of(text)
                    + "\" is not a platform: write os/architecture or os/architecture/variant, such as"
                    + " linux/arm64, linux/arm/v7 or windows(10.0.20348)/amd64");
        }
        return of(parts[0], parts[1], parts.length == 3 ? parts[2] : "").withOsVersion(osVersion);
    }

    /** The platform in normal form, from the fields of an image index; missing ones may be null. */
    public static Platform of(
            @CheckForNull String os, @CheckForNull String architecture, @CheckForNull String variant) {
        String lowerOs = lower(os);
        String lowerArchitecture = lower(architecture);
        String lowerVariant = lower(variant);
        if (lowerOs.equals("macos")) {
            lowerOs = "darwin";
        }
        return switch (lowerArchitecture) {
            case "x86_64", "x86-64", "amd64" ->
                new Platform(lowerOs, "amd64", lowerVariant.equals("v1") ? "" : lowerVariant);
            case "i386" -> new Platform(lowerOs, "386", "");
            case "aarch64", "arm64" -> new Platform(lowerOs, "arm64", arm64Variant(lowerVariant));
            case "armhf" -> new Platform(lowerOs, "arm", "v7");
            case "armel" -> new Platform(lowerOs, "arm", "v6");
            case "arm" -> new Platform(lowerOs, "arm", armVariant(lowerVariant));
            default -> new Platform(lowerOs, lowerArchitecture, lowerVariant);
        };
    }

    Platform withOsVersion(@CheckForNull String version) {
        return new Platform(os, architecture, variant, lower(version));
    }

    /** Whether an image of the other platform is one of this: the same, of any version of the operating system if none is given. */
    boolean accepts(Platform other) {
        boolean version =
                osVersion.isEmpty() || other.osVersion.equals(osVersion) || other.osVersion.startsWith(osVersion + ".");
        return version && withOsVersion("").equals(other.withOsVersion(""));
    }

    private static String arm64Variant(String variant) {
        return switch (variant) {
            case "8", "v8", "v8.0" -> "";
            case "9", "9.0", "v9.0" -> "v9";
            default -> variant;
        };
    }

    private static String armVariant(String variant) {
        return switch (variant) {
            case "", "7" -> "v7";
            case "5", "6", "8" -> "v" + variant;
            default -> variant;
        };
    }

    private static String lower(@CheckForNull String text) {
        return Objects.requireNonNullElse(text, "").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return os + (osVersion.isEmpty() ? "" : "(" + osVersion + ")") + "/" + architecture
                + (variant.isEmpty() ? "" : "/" + variant);
    }
}
