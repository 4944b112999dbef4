package io.jenkins.plugins.imageupdate.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.ImageChange;
import io.jenkins.plugins.imageupdate.check.Preview;
import io.jenkins.plugins.imageupdate.registry.Platform;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Checks images from a shell, with the diagnosis that Jenkins gives: before anything is installed there, and on its controller's host. */
@Command(
        name = "check-image",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Asks registries for the digests of images, and compares them with what an earlier check recorded.",
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {
            "0:every image is unchanged, or was seen for the first time",
            "10:an image has changed",
            "1:an image could not be checked or is gone, or the command is not right"
        },
        exitCodeOnInvalidInput = CheckImage.FAILED,
        exitCodeOnExecutionException = CheckImage.FAILED)
public final class CheckImage implements Callable<Integer> {
    static final int UNCHANGED = 0;
    static final int FAILED = 1;
    static final int CHANGED = 10;

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Such as gcr.io/project/app:stable.")
    private List<String> images;

    @ArgGroup
    private LoginOptions login;

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            converter = PlatformConverter.class,
            description = "Only this platform's part of a multi-platform image counts. Such as linux/arm64.")
    private Platform platform;

    @Option(
            names = "--tags",
            paramLabel = "POLICY",
            converter = TagPolicyConverter.class,
            description = "The newest tag that fits counts, instead of the one that is written: semver:RANGE,"
                    + " regex:EXPRESSION or newest, and behind it |variant=, |sort=, |include=, |exclude= and |max=.")
    private TagPolicy tags;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Keeps what was seen. Without it, every image is seen for the first time.")
    private Path record;

    @Option(
            names = "--preview",
            description = "Shows what --tags would choose now, what before it, and why. Records nothing.")
    private boolean preview;

    @Option(names = "--json", description = "Prints the results as JSON.")
    private boolean json;

    @Option(names = "--plain-http", description = "Asks by http. The key goes over the network in clear.")
    private boolean plainHttp;

    @Option(
            names = "--google-keys-allowed",
            description = "Sends a Google key or token to a registry that is not Google's, such as a mirror.")
    private boolean googleKeysAllowed;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Prints this.")
    private boolean help;

    @Spec
    private CommandSpec command;

    static final class PlatformConverter implements ITypeConverter<Platform> {
        @Override
        public Platform convert(String text) {
            try {
                return Platform.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, writer(FileDescriptor.out), writer(FileDescriptor.err)));
    }

    /** Messages have arrows and quotation marks, which the character sets of some consoles lack. */
    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }

    /** Returns the exit code. */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        return new CommandLine(new CheckImage())
                .setExpandAtFiles(false)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, all) -> refused(err, words(e)))
                .setExecutionExceptionHandler(CheckImage::failed)
                .execute(arguments);
    }

    private static String words(ParameterException e) {
        String reason = Printable.of(e.getMessage()).replaceFirst("^Error: ", "");
        List<String> similar = e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return reason + (similar.isEmpty() ? "" : ", similar ones are " + String.join(", ", similar))
                + ". See check-image --help";
    }

    private static int failed(Exception e, CommandLine line, ParseResult parsed) throws Exception {
        if (e instanceof CommandException) {
            return refused(line.getErr(), e.getMessage());
        }
        throw e;
    }

    private static int refused(PrintWriter err, String message) {
        err.println("check-image: " + message);
        return FAILED;
    }

    @Override
    public Integer call() throws CommandException {
        Authentication authentication = login == null ? new Authentication.Anonymous() : login.read();
        if (preview) {
            return preview(authentication);
        }
        RecordFile kept = record == null ? RecordFile.none() : RecordFile.open(record);
        List<CheckResult> results =
                new ImageChecks(authentication, platform, tags, plainHttp, googleKeysAllowed).check(images, kept.ledger());
        print(results);
        kept.save();
        return exitCode(results);
    }

    private int preview(Authentication authentication) throws CommandException {
        if (tags == null || record != null || json) {
            throw new CommandException("--preview needs --tags, and takes neither --record nor --json");
        }
        List<Preview> previews =
                new ImageChecks(authentication, platform, tags, plainHttp, googleKeysAllowed).preview(images);
        boolean failed = false;
        for (Preview one : previews) {
            PrintWriter where = one.failure() == null
                    ? command.commandLine().getOut()
                    : command.commandLine().getErr();
            one.lines().forEach(where::println);
            failed |= one.failure() != null;
        }
        return failed ? FAILED : UNCHANGED;
    }

    private void print(List<CheckResult> results) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(ResultsJson.write(results));
            return;
        }
        for (CheckResult result : results) {
            boolean failed = result.status() == CheckStatus.FAILED;
            (failed ? command.commandLine().getErr() : out).println(result.sentence());
            String link = compareLink(result.change());
            if (link != null) {
                out.println("  " + link);
            }
        }
    }

    @CheckForNull
    private static String compareLink(@CheckForNull ImageChange change) {
        return change == null ? null : change.compareLink();
    }

    private static int exitCode(List<CheckResult> results) {
        boolean failed = results.stream()
                .anyMatch(result -> result.status() == CheckStatus.FAILED || result.status() == CheckStatus.REMOVED);
        if (failed) {
            return FAILED;
        }
        return results.stream().anyMatch(CheckResult::changed) ? CHANGED : UNCHANGED;
    }
}
