package io.bootcast.path;

import io.bootcast.resolve.Fingerprint;
import io.bootcast.resolve.Limits;
import io.bootcast.resolve.Sightings;
import io.bootcast.store.Store;
import java.io.IOException;
import java.util.List;

/**
 * What a class path, or a bundle, gave last time: the digest of the index or launch list, and a proof per thing that was looked at. One system call per
 * element tells whether it still holds. Text, a line each: version, question, digest, proofs.
 */
final class Recipe {
    private static final String VERSION = "recipe 1";
    private static final int HEAD_LINES = 3;

    private final Store store;
    private final String question;
    private final String key;

    Recipe(Store store, Settings settings, String java) {
        this.store = store;
        this.question = (settings.bundle.isEmpty() ? classPathQuestion(settings, java) : bundleQuestion(settings, java))
                .replace('\n', ' ');
        this.key = Long.toHexString(Fingerprint.add(Fingerprint.EMPTY, question));
    }

    private static String bundleQuestion(Settings settings, String java) {
        return Version.CURRENT + "|" + java + "|" + System.getProperty("java.vendor") + "|"
                + System.getProperty("os.arch") + "|bundle|" + settings.bundle;
    }

    private static String classPathQuestion(Settings settings, String java) {
        StringBuilder text = new StringBuilder();
        text.append(Version.CURRENT).append('|').append(java).append('|').append(System.getProperty("user.dir"));
        text.append('|').append(settings.classPath).append('|').append(settings.maxBytes);
        appendAll(text, settings.live);
        appendAll(text.append("|files"), settings.withFiles);
        appendAll(text.append("|native"), settings.nativeDirectories);
        text.append('|').append(settings.libraryPathIsGiven).append(settings.libraryPath);
        return text.append(settings.fixedTimes ? "|fixed" : "").toString();
    }

    private static void appendAll(StringBuilder text, List<String> names) {
        for (String name : names) {
            text.append('|').append(name);
        }
    }

    /** Names this class path under these settings, for locks. */
    String key() {
        return key;
    }

    private String[] lines() throws IOException {
        String text = store.recall("recipes/" + key);
        String[] lines = text.split("\n");
        return lines.length >= HEAD_LINES && lines[0].equals(VERSION) && lines[1].equals(question)
                ? lines
                : new String[0];
    }

    /** That digest if it was found or made right for {@code job}; empty if not, or if the job has no name. */
    String imageOfJob(String job) throws IOException {
        if (job.isEmpty() || !store.recall("recipes/" + key + ".job").equals(job)) {
            return "";
        }
        String[] lines = lines();
        return lines.length == 0 ? "" : lines[2];
    }

    /** The image is right for {@code job}; its other processes on this node need not look again. */
    void checkedFor(String job) throws IOException {
        if (!job.isEmpty()) {
            store.remember("recipes/" + key + ".job", job);
        }
    }

    /** That digest if nothing that was looked at has changed and the image is intact in root's store, else empty. */
    String imageOf(Limits limits) throws IOException {
        String[] lines = lines();
        if (lines.length == 0 || !store.hasBlob(lines[2])) {
            return "";
        }
        for (int i = HEAD_LINES; i < lines.length; i++) {
            if (!Sightings.isUnchanged(lines[i], limits)) {
                return "";
            }
        }
        return store.isIntact(Store.imageId(lines[2])) ? lines[2] : "";
    }

    void remember(String digest, List<String> proofs) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(VERSION)
                .append('\n')
                .append(question)
                .append('\n')
                .append(digest)
                .append('\n');
        for (String proof : proofs) {
            text.append(proof).append('\n');
        }
        store.remember("recipes/" + key, text.toString());
    }
}
