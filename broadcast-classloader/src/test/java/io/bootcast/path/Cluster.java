package io.bootcast.path;

import io.bootcast.fault.BootcastException;
import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import io.bootcast.loader.BroadcastClassLoader;
import io.bootcast.store.Digest;
import io.bootcast.store.Image;
import io.bootcast.store.Locks;
import io.bootcast.store.Store;
import io.bootcast.store.StoreContent;
import io.bootcast.store.StorePlace;
import io.bootcast.transport.Launcher;
import io.bootcast.transport.ThreadTransport;
import io.bootcast.transport.Watchdog;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hosts with a store each, and ranks on them that run the data path as threads of this JVM. */
final class Cluster {
    private static final long WATCHDOG_SECONDS = 600;
    private static final Pattern ROOT_COUNTS =
            Pattern.compile("read (\\d+) bytes of (\\d+) files.*, sent (\\d+) bytes");

    /** What the data path gave one rank. */
    static final class Rank {
        final boolean hasImage;
        final String outcome;
        /** SHA-256 of each element's bytes. */
        final List<String> content = new ArrayList<>();
        /** Mirrored files, relative to the image. */
        final List<String> files = new ArrayList<>();

        /** What its loader finds for each name of the index: the originals' URLs in their order. */
        final List<String> resources = new ArrayList<>();

        final String line;

        Rank(Prepared prepared) {
            hasImage = prepared.hasImage();
            outcome = prepared.outcome();
            line = prepared.report().line();
            if (hasImage) {
                look(prepared.image());
            }
        }

        private void look(Image image) {
            Index index = image.index();
            for (int element = 0; element < index.elementCount(); element++) {
                boolean inStore =
                        index.kind(element) == ElementFacts.JAR || index.kind(element) == ElementFacts.DIRECTORY;
                if (inStore) {
                    MessageDigest sha = Digest.sha256();
                    sha.update(image.bytes(element).duplicate().position(0));
                    content.add(Digest.hex(sha.digest()));
                    files.add(index.mirrorPath(element));
                }
            }
            lookForResources(image);
        }

        private void lookForResources(Image image) {
            Index index = image.index();
            try (BroadcastClassLoader loader = new BroadcastClassLoader(image, /* parentFirst= */ false)) {
                for (int slot = 0; slot < index.slots(); slot++) {
                    if (index.entryInSlot(slot) != 0) {
                        String name = index.name(index.entryInSlot(slot));
                        String urls =
                                Collections.list(loader.findResources(name)).toString();
                        resources.add(name + " " + urls.replaceAll("file:[^ ]*?/images/[^/]+/root", "file:"));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private long count(int group) {
            Matcher counts = ROOT_COUNTS.matcher(line);
            if (!counts.find()) {
                throw new AssertionError("no counts in: " + line);
            }
            return Long.parseLong(counts.group(group));
        }

        long bytesRead() {
            return count(1);
        }

        long filesOpened() {
            return count(2);
        }

        long bytesSent() {
            return count(3);
        }
    }

    /** For jobs without a bundle. */
    static final Bundles NO_BUNDLES = file -> {
        throw new AssertionError("asked for a bundle: " + file);
    };

    final Path directory;
    private final int[] hosts;
    private final Locks locks = new Locks();
    private ThreadTransport.Job job;
    private boolean readsAhead;
    private Bundles bundles = NO_BUNDLES;

    /** @param hosts the host of each rank */
    Cluster(Path directory, int... hosts) throws IOException {
        this.directory = directory;
        this.hosts = hosts.clone();
        for (int host : hosts) {
            Files.createDirectories(host(host));
        }
        this.job = new ThreadTransport.Job(hosts);
    }

    /** The next run's transport. */
    ThreadTransport.Job job() {
        return job;
    }

    /** Root begins before the transport starts, and has read everything by then. */
    void readAhead() {
        readsAhead = true;
    }

    /** What opens bundles from now on. */
    void bundles(Bundles opener) {
        bundles = opener;
    }

    /** The job-private directory of a host, in which its store is. */
    Path host(int number) {
        return directory.resolve("host-" + number);
    }

    Path store(int host) throws IOException {
        return host(host).resolve("bootcast-" + Files.getAttribute(directory, "unix:uid"));
    }

    /** Makes a host's store one that cannot be opened. */
    void breakStore(int host) throws IOException {
        Files.createDirectory(
                store(host), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(store(host).resolve("blobs"));
    }

    static Settings settings(Object... classPath) {
        Settings settings = new Settings();
        StringBuilder text = new StringBuilder();
        for (Object element : classPath) {
            text.append(text.length() == 0 ? "" : File.pathSeparator).append(element);
        }
        settings.classPath = text.toString();
        return settings;
    }

    /** Runs the data path in every rank with a copy of {@code settings}. */
    List<ThreadTransport.Outcome<Rank>> run(Settings settings) {
        return run((rank, own) -> {}, settings);
    }

    /** How one rank's settings differ. */
    interface Difference {
        void change(int rank, Settings settings);
    }

    List<ThreadTransport.Outcome<Rank>> run(Difference difference, Settings settings) {
        byte[] common = settings.toBytes();
        List<ThreadTransport.Outcome<Rank>> outcomes = job.run(transport -> {
            Settings own = Settings.of(common);
            difference.change(transport.world().rank(), own);
            Map<String, String> environment =
                    Map.of("SLURM_TMPDIR", host(transport.hostNumber()).toString());
            try (Watchdog watchdog = new Watchdog(WATCHDOG_SECONDS, "test")) {
                DataPath path = new DataPath(own, environment, Launcher.NONE, watchdog, bundles, locks);
                if (readsAhead && transport.world().rank() == 0) {
                    path.begin();
                    joinReaders();
                }
                Prepared prepared = path.run(transport);
                Rank rank = new Rank(prepared);
                if (!own.report.isEmpty() && transport.world().rank() == 0) {
                    int[] lookups = {1, 2, 3, 4, 5, 6};
                    prepared.report().write(own.report, transport.name(), rank.outcome, !rank.hasImage, lookups);
                }
                transport.close();
                prepared.leave();
                return rank;
            }
        });
        job = new ThreadTransport.Job(hosts);
        endProcesses();
        return outcomes;
    }

    /** Ranks that failed leave their locks to the end of their process. */
    private void endProcesses() {
        try {
            for (int host : hosts) {
                StoreContent.endOfProcess(store(host), locks);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for roots' readers. */
    static void joinReaders() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("bootcast-reader")) {
                thread.join();
            }
        }
    }

    /** All ranks; one that threw fails the test. */
    static List<Rank> values(List<ThreadTransport.Outcome<Rank>> outcomes) {
        List<Rank> ranks = new ArrayList<>();
        for (ThreadTransport.Outcome<Rank> outcome : outcomes) {
            ranks.add(outcome.value());
        }
        return ranks;
    }

    /** Fault and message of each rank's failure; a rank that did not fail says so. */
    static List<String> failures(List<ThreadTransport.Outcome<Rank>> outcomes) {
        List<String> failures = new ArrayList<>();
        for (ThreadTransport.Outcome<Rank> outcome : outcomes) {
            if (outcome.thrown instanceof BootcastException) {
                BootcastException thrown = (BootcastException) outcome.thrown;
                failures.add(thrown.fault() + " " + thrown.getMessage());
            } else {
                failures.add(outcome.thrown == null ? "none" : outcome.thrown.toString());
            }
        }
        return failures;
    }

    /** Removes what kept images left, as {@code bootcast clean} does; fails if a host then still has something. */
    void clean() throws IOException {
        for (int host : hosts) {
            Map<String, String> environment = Map.of("SLURM_TMPDIR", host(host).toString());
            Store.open(new StorePlace(), "", environment, locks).clean();
        }
        requireNothingLeft();
    }

    void requireNothingLeft() {
        for (int host : hosts) {
            String[] left = host(host).toFile().list();
            if (left == null || left.length > 0) {
                throw new AssertionError("left on host " + host + ": " + String.join(", ", left));
            }
        }
    }
}
