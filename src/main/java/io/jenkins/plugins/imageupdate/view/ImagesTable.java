package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.controller.JenkinsImages;
import io.jenkins.plugins.imageupdate.ledger.UpdateDays;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One page of the images of one job; or of all jobs that the user may see, and those that Jenkins runs on. The controller searches, sorts and pages them, not the browser. */
@ExportedBean
public final class ImagesTable {
    private static final Logger LOGGER = Logger.getLogger(ImagesTable.class.getName());
    private static final int PAGE = 100;

    /** How many registries the filter's list has. */
    private static final int MOST_REGISTRIES = 200;

    /** Tables with fewer images need no search. */
    private static final int SEARCHED = 20;

    private final Job<?, ?> job;
    private final ImagesQuery query;
    private final List<ImageRow> matching = new ArrayList<>();
    private final Map<ImageState, Integer> counts = new EnumMap<>(ImageState.class);
    private final Map<String, Integer> registries = new TreeMap<>();
    private final UpdatesChart chart = new UpdatesChart(UpdateDays.day(Instant.now()));
    private int total;

    /** The images of all jobs that the user may see, and those that Jenkins itself runs on. */
    ImagesTable(ImagesQuery query) {
        this(
                query,
                null,
                Stream.concat(JenkinsImages.get().images().stream().map(ImageRow::of), rows().stream())
                        .toList());
    }

    /** @param job whose images these are; null for those of several jobs */
    ImagesTable(ImagesQuery query, @CheckForNull Job<?, ?> job, List<ImageRow> rows) {
        this.query = query;
        this.job = job;
        for (ImageState state : ImageState.values()) {
            counts.put(state, 0);
        }
        if (rows.stream().noneMatch(row -> row.getUsedBy() != null)) {
            counts.remove(ImageState.OUTDATED);
        }
        rows.forEach(this::take);
        matching.sort(query.order());
    }

    /** All images of all jobs that the user may see. */
    static List<ImageRow> rows() {
        List<ImageRow> rows = new ArrayList<>();
        for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
            try {
                if (JobImages.any(job)) {
                    JobImages.ofMany(job).forEach(image -> rows.add(new ImageRow(job, image)));
                }
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "the images of " + job.getFullName() + " cannot be read");
            }
        }
        return rows;
    }

    /** The count of a status is the number of rows that a filter by this status would show. */
    private void take(ImageRow row) {
        total++;
        registries.merge(row.getRegistry(), 1, Integer::sum);
        boolean found = (query.registry() == null || row.getRegistry().equals(query.registry())) && query.mentions(row);
        if (found) {
            counts.merge(row.getStatus(), 1, Integer::sum);
            if (query.status() == null || query.status() == row.getStatus()) {
                matching.add(row);
                chart.add(row.updates());
            }
        }
    }

    @Exported
    public List<ImageRow> getImages() {
        int from = (getPage() - 1) * PAGE;
        return matching.subList(from, Math.min(from + PAGE, matching.size()));
    }

    /** Whether the images are those of one job. */
    public boolean isOfJob() {
        return job != null;
    }

    /** Whether the user may build the job as if an image had been updated. */
    public boolean isMayBuild() {
        return job != null && job.hasPermission(Item.BUILD) && job.isBuildable();
    }

    /** Whether the page has a search and filters. */
    public boolean isSearchable() {
        return job == null || total > SEARCHED || query.filters();
    }

    /** Of all images, also of those that do not match. */
    @Exported
    public int getTotal() {
        return total;
    }

    @Exported
    public int getMatching() {
        return matching.size();
    }

    @Exported
    public int getPage() {
        return Math.min(query.page(), getPages());
    }

    @Exported
    public int getPages() {
        return Math.max(1, (matching.size() + PAGE - 1) / PAGE);
    }

    public int getFirst() {
        return matching.isEmpty() ? 0 : (getPage() - 1) * PAGE + 1;
    }

    public int getLast() {
        return Math.min(getPage() * PAGE, matching.size());
    }

    @Exported
    public Map<ImageState, Integer> getCounts() {
        return counts;
    }

    /** The registries of the filter's list, each with its number of images. */
    public Map<String, Integer> getRegistries() {
        Map<String, Integer> most = new TreeMap<>();
        registries.entrySet().stream()
                .limit(MOST_REGISTRIES)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        return most;
    }

    /** Of the images that match. */
    public UpdatesChart getChart() {
        return chart;
    }

    /** How often the matching images changed on each of the last days, by date in UTC. */
    @Exported
    public Map<String, Integer> getUpdatesPerDay() {
        return chart.perDay();
    }

    /** The rate limits of these images' registries only, so that a user does not learn about others. */
    @Exported
    public List<QuotaRow> getQuotas() {
        return getRegistries().keySet().stream()
                .map(QuotaRow::of)
                .filter(Objects::nonNull)
                .toList();
    }

    public String getWords() {
        return query.words();
    }

    @CheckForNull
    public ImageState getStatus() {
        return query.status();
    }

    @CheckForNull
    public String getRegistry() {
        return query.registry();
    }

    public String getSort() {
        return query.sort().name();
    }

    public boolean isDescending() {
        return query.descending();
    }

    public Set<ImageState> getStates() {
        return counts.keySet();
    }

    public String linkToStatus(@CheckForNull ImageState state) {
        return query.withStatus(state).link();
    }

    public String linkToSort(String column) {
        return query.withSort(ImagesQuery.Sort.valueOf(column)).link();
    }

    /** The ARIA sort order of a column's heading. */
    public String order(String column) {
        if (!getSort().equals(column)) {
            return "none";
        }
        return query.descending() ? "descending" : "ascending";
    }

    @CheckForNull
    public String getPreviousLink() {
        return getPage() > 1 ? query.withPage(getPage() - 1).link() : null;
    }

    @CheckForNull
    public String getNextLink() {
        return getPage() < getPages() ? query.withPage(getPage() + 1).link() : null;
    }
}
