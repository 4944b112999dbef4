package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What an image runs on, {@code os/architecture} or {@code os/architecture/variant}, in the normal form of containerd's
 * {@code platforms} package: {@code linux/aarch64} and {@code linux/arm64/v8} are both {@code linux/arm64}, {@code linux/arm} is
 * {@code linux/arm/v7}.
 *
 * @param os lower case, such as {@code linux}
 * @param architecture as Go names it, such as {@code amd64}
 * @param variant such as {@code v7}, or empty
 */
public record Platform(String os, String architecture, String variant) {
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9_.-]{1,64}");

    /** Reads a platform; an {@link IllegalArgumentException} says what is wrong. */
    public static Platform parse(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split("/", -1);
        boolean wellFormed = parts.length == 2 || parts.length == 3;
        for (String part : parts) {
            wellFormed &= COMPONENT.matcher(part).matches();
        }
        if (!wellFormed) {
            throw new IllegalArgumentException("\"" + Printable.of(text)
                    + "\" is not a platform: write os/architecture or os/architecture/variant, such as"
                    + " linux/arm64 or linux/arm/v7");
        }
        return of(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
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
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
