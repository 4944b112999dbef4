package io.jenkins.plugins.imageupdate.agents;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.slaves.Cloud;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.source.ImageUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * The templates of agents in all clouds, as the clouds' forms would show them, whatever plugins the clouds are of. Reads the configuration in
 * memory and calls code of other plugins: for the background. Needs the rights of Jenkins itself.
 */
public final class CloudTemplates {
    private static final Logger LOGGER = Logger.getLogger(CloudTemplates.class.getName());

    /** As plugins name the argument that names a template. */
    private static final List<String> NAME = List.of("name", "templateName", "label", "labelString");

    private static final String INHERITS = "inheritFrom";
    private static final int MAX_TEMPLATES = 5_000;

    private final List<Raw> raw = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * A template, or a step that is one.
     *
     * @param inheritsByDefault what it inherits from if it does not say so; null for nothing
     */
    private record Raw(
            String cloud,
            String name,
            UninstantiatedDescribable described,
            ImageArguments arguments,
            @CheckForNull String inheritsByDefault) {
        List<String> parents() {
            Object own = described.getArguments().get(INHERITS);
            String names = own instanceof String text ? text : inheritsByDefault;
            return names == null || names.isBlank()
                    ? List.of()
                    : List.of(names.strip().split("\\s+"));
        }

        boolean mergesYaml() {
            return described.getArguments().get("yamlMergeStrategy") instanceof UninstantiatedDescribable strategy
                    && "merge".equals(strategy.getSymbol());
        }
    }

    /**
     * One template.
     *
     * @param images those that its agents run in, also those that it inherits
     */
    public record Template(String cloud, String name, Collection<ImageUse> images) {}

    private CloudTemplates() {}

    public static CloudTemplates read() {
        CloudTemplates templates = new CloudTemplates();
        for (Cloud cloud : Jenkins.get().clouds) {
            templates.add(cloud);
        }
        return templates;
    }

    private void add(Cloud cloud) {
        String name = Printable.of(cloud.name);
        try {
            UninstantiatedDescribable described = DescribableModel.uninstantiate2_(cloud);
            String inherits = ImageArguments.text(described, "defaultsProviderTemplate");
            int before = raw.size();
            described.getArguments().values().stream()
                    .flatMap(ImageArguments::all)
                    .filter(UninstantiatedDescribable.class::isInstance)
                    .map(UninstantiatedDescribable.class::cast)
                    .forEach(template -> add(name, template, inherits));
            if (raw.stream()
                    .skip(before)
                    .allMatch(template -> template.arguments().isEmpty())) {
                raw.add(new Raw(name, "", described, ImageArguments.of(name, described), null));
            }
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.FINE, e, () -> "the templates of " + cloud.getClass() + " cannot be read");
            problems.add(RegistryException.thrown("the configuration of cloud " + name, e)
                    .detail());
        }
    }

    private void add(String cloud, UninstantiatedDescribable template, @CheckForNull String inheritsByDefault) {
        if (raw.size() == MAX_TEMPLATES) {
            problems.add(Messages.CloudTemplates_TooMany(MAX_TEMPLATES));
        }
        if (raw.size() < MAX_TEMPLATES) {
            String name = Printable.of(NAME.stream()
                    .map(argument -> ImageArguments.text(template, argument))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("?"));
            raw.add(new Raw(cloud, name, template, ImageArguments.of(cloud + " " + name, template), inheritsByDefault));
        }
    }

    /** All templates that name an image. */
    public List<Template> templates() {
        return raw.stream()
                .map(one -> new Template(one.cloud(), one.name(), uses(one).values()))
                .filter(template -> !template.images().isEmpty())
                .toList();
    }

    /** What cannot be read, and which clouds name no image. One sentence each. */
    public List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        raw.forEach(one -> all.addAll(one.arguments().problems()));
        Map<String, Boolean> found = new LinkedHashMap<>();
        raw.forEach(one -> found.merge(one.cloud(), !one.arguments().isEmpty(), Boolean::logicalOr));
        found.forEach((cloud, any) -> {
            if (!any) {
                all.add(Messages.CloudTemplates_NoImage(cloud));
            }
        });
        return all;
    }

    private Map<String, ImageUse> uses(Raw one) {
        List<ImageArguments> parents = new ArrayList<>();
        addParents(one, Set.of(one.name()), parents);
        return one.arguments().uses(parents, one.mergesYaml());
    }

    /** The nearest last, as they are applied. A template that inherits from itself ends there. */
    private void addParents(Raw one, Set<String> path, List<ImageArguments> parents) {
        for (String name : one.parents()) {
            if (path.contains(name)) {
                continue;
            }
            Set<String> longer = new HashSet<>(path);
            longer.add(name);
            named(one.cloud(), name).forEach(parent -> {
                addParents(parent, longer, parents);
                parents.add(parent.arguments());
            });
        }
    }

    /** @param cloud empty for any */
    private Stream<Raw> named(String cloud, String template) {
        return raw.stream()
                .filter(one -> one.name().equals(template)
                        && (cloud.isEmpty() || one.cloud().equals(cloud)))
                .limit(1);
    }

    /**
     * The images of a step that is a template itself, as {@code podTemplate}: its own, and those that it inherits from templates of clouds.
     *
     * @param problems gets the names of templates that no cloud has
     */
    static Map<String, ImageUse> ofStep(
            UninstantiatedDescribable step, ImageArguments own, Collection<String> problems) {
        String cloud = Objects.requireNonNullElse(ImageArguments.text(step, "cloud"), "");
        Raw template = new Raw(cloud, "", step, own, null);
        if (template.parents().isEmpty()) {
            return own.uses(List.of(), false);
        }
        CloudTemplates clouds = read();
        template.parents().stream()
                .filter(name -> clouds.named(cloud, name).findAny().isEmpty())
                .forEach(name -> problems.add(Messages.CloudTemplates_NoParent(Printable.of(name))));
        return clouds.uses(template);
    }
}
