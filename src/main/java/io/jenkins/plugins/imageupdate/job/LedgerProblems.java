package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** What is wrong with the ledgers of jobs, since Jenkins started. A problem moves with its job, and ends with it. */
@Extension
public final class LedgerProblems extends ItemListener {
    /** By a job's full name. */
    private final Map<String, String> setAside = new ConcurrentHashMap<>();

    private final Map<String, String> unreadable = new ConcurrentHashMap<>();
    private final Map<String, String> unwritten = new ConcurrentHashMap<>();

    static LedgerProblems get() {
        return ExtensionList.lookupSingleton(LedgerProblems.class);
    }

    void setAside(Job<?, ?> job, String problem) {
        setAside.put(job.getFullName(), problem);
    }

    void unreadable(Job<?, ?> job, IOException e) {
        unreadable.put(job.getFullName(), Messages.LedgerStore_Unreadable(LedgerStore.FILE_NAME, reason(e)));
    }

    void readable(Job<?, ?> job) {
        unreadable.remove(job.getFullName());
    }

    void unwritten(Job<?, ?> job, IOException e) {
        unwritten.put(job.getFullName(), Messages.LedgerStore_NotWritten(LedgerStore.FILE_NAME, reason(e)));
    }

    void written(Job<?, ?> job) {
        unwritten.remove(job.getFullName());
    }

    private Stream<Map<String, String>> kinds() {
        return Stream.of(setAside, unreadable, unwritten);
    }

    /** The last problem of each job, by its full name. */
    public static Map<String, String> byJob() {
        Map<String, String> all = new TreeMap<>();
        get().kinds().forEach(all::putAll);
        return all;
    }

    /** The problems of one job. */
    public static List<String> of(Job<?, ?> job) {
        return get().kinds()
                .filter(kind -> kind.containsKey(job.getFullName()))
                .map(kind -> kind.get(job.getFullName()))
                .toList();
    }

    /** Why a file cannot be used, without the names of the controller's folders: those are for administrators, and are in Jenkins' log. */
    static String reason(IOException e) {
        boolean pathOnly = e instanceof FileSystemException file && file.getReason() == null;
        String message =
                pathOnly ? e.getClass().getSimpleName() + ": " + e.getMessage() : String.valueOf(e.getMessage());
        return message.replace(Jenkins.get().getRootDir().getAbsolutePath(), "JENKINS_HOME");
    }

    @Override
    public void onDeleted(@NonNull Item item) {
        kinds().forEach(kind -> kind.remove(item.getFullName()));
    }

    @Override
    public void onLocationChanged(@NonNull Item item, @NonNull String oldFullName, @NonNull String newFullName) {
        kinds().forEach(kind -> {
            String problem = kind.remove(oldFullName);
            if (problem != null) {
                kind.put(newFullName, problem);
            }
        });
    }
}
