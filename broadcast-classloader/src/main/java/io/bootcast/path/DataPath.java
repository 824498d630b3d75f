package io.bootcast.path;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.resolve.Limits;
import io.bootcast.store.Image;
import io.bootcast.store.LaunchList;
import io.bootcast.store.Locks;
import io.bootcast.store.Store;
import io.bootcast.store.StorePlace;
import io.bootcast.transport.Group;
import io.bootcast.transport.Launcher;
import io.bootcast.transport.Message;
import io.bootcast.transport.Progress;
import io.bootcast.transport.Transport;
import io.bootcast.transport.Watchdog;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * From a class path to an open image on every rank:
 *
 * <pre>
 * resolve    root    class path to elements                       ClassPathReader, Resolver
 * index      root    elements to one map of all names             ElementReader, IndexWriter
 *            root    or both from a bundle, where they were done  BundleIntake
 * offer      leaders which blobs does some node lack              Delivery
 * broadcast  leaders root's blobs into the other nodes' stores    Delivery
 * publish    node    the image appears in the store as a whole    Store.publishImage
 * open       rank    index and blobs are mapped                   Store.open
 * load       rank    classes are defined from them                BroadcastClassLoader
 * </pre>
 *
 * Root resolves and indexes in a thread of its own from {@link #begin} on, before and while the transport starts. {@link #run} is collective;
 * after it nothing is. For one thread, the one that starts the transport.
 */
public final class DataPath {
    private static final int PULSES_PER_TIMEOUT = 8;
    private static final long MILLIS_PER_SECOND = 1000;

    private final Map<String, String> environment;
    private final Launcher launcher;
    private final Watchdog watchdog;
    private final Bundles bundles;
    private final Steps steps = new Steps();
    private final Locks locks;
    private Settings settings;
    private Store store;
    private String storeFailure = "";
    private RootReader reader;
    private long lackedBytes;
    private long started = System.nanoTime();

    /** @param bundles opens the bundle, if the image comes from one */
    public DataPath(
            Settings settings, Map<String, String> environment, Launcher launcher, Watchdog watchdog, Bundles bundles) {
        this(settings, environment, launcher, watchdog, bundles, new Locks());
    }

    /** With the locks of a process that is several ranks, or has the store open itself. */
    public DataPath(
            Settings settings,
            Map<String, String> environment,
            Launcher launcher,
            Watchdog watchdog,
            Bundles bundles,
            Locks locks) {
        this.locks = locks;
        this.bundles = bundles;
        this.settings = settings;
        this.environment = environment;
        this.launcher = launcher;
        this.watchdog = watchdog;
    }

    /** Starts to read in the background, if there is a store. For the process that will be root; before the transport is started. */
    public void begin() {
        openStore();
        if (store != null) {
            newReader().start();
        }
    }

    private RootReader newReader() {
        reader = settings.bundle.isEmpty()
                ? new ClassPathReader(settings, store, steps, watchdog)
                : new BundleIntake(settings, store, steps, watchdog, bundles);
        return reader;
    }

    private void openStore() {
        try {
            store = Store.open(
                    new StorePlace(settings.asksForLibraries() || !settings.bundle.isEmpty()),
                    settings.store,
                    environment,
                    locks);
        } catch (BootcastException e) {
            storeFailure = e.getMessage();
        }
    }

    /** Collective over {@code transport}. Every rank gets the image, or the reason to load from the plain class path; or all fail alike. */
    public Prepared run(Transport transport) {
        try {
            return prepare(transport);
        } catch (RuntimeException | Error e) {
            giveUp(e);
            throw e;
        }
    }

    /** Takes back what this process holds in the store; while its reader still writes there, that is left to the next process in the store. */
    private void giveUp(Throwable cause) {
        try {
            if (reader == null || reader.isDone()) {
                leave();
            }
        } catch (BootcastException e) {
            cause.addSuppressed(e);
        }
    }

    private Prepared prepare(Transport transport) {
        if (settings.bundle.isEmpty() && !settings.staged.isEmpty()) {
            openStoreOnce();
            return open(storeFailure.isEmpty() ? settings.staged : "", storeFailure, transport.world());
        }
        if (transport.meetsByLock() || transport.world().size() == 1) {
            return runAlone(transport);
        }
        watchdog.entering("first exchange");
        Group world = transport.world();
        startReaderAtRoot(world);
        agreeOnSettings(world);
        watchdog.entering("finding the node");
        openStoreOnce();
        Node node = Node.find(transport.host(), store);
        Group leaders = world.split(node.leads() ? 0 : 1);
        steps.add(Steps.Step.START, started);
        watchdog.entering("delivery");
        Verdict outcome = node.leads() ? lead(leaders, node) : follow(node);
        return open(outcome.isFallBack() ? "" : outcome.text(), outcome.isFallBack() ? outcome.text() : "", world);
    }

    /** The reader was started from the launcher's word; MPI's own word on who is root counts. */
    private void startReaderAtRoot(Group world) {
        if (world.rank() != 0) {
            reader = null;
        } else if (reader == null) {
            openStoreOnce();
            if (store != null) {
                newReader().start();
            }
        }
    }

    private void openStoreOnce() {
        if (store == null && storeFailure.isEmpty()) {
            openStore();
        }
    }

    /** Collective. Ranks that were started differently fail together; root's settings become everybody's. */
    private void agreeOnSettings(Group world) {
        String own = System.getProperty("java.vm.version") + " bootcast " + Version.CURRENT + " classPath "
                + Integer.toHexString((settings.bundle + settings.classPath).hashCode());
        byte[][] all = world.gather(own.getBytes(StandardCharsets.UTF_8));
        Verdict verdict = world.rank() == 0 ? compare(own, all) : null;
        verdict = Verdict.of(world.broadcast(verdict == null ? new byte[0] : verdict.toBytes()));
        settings = Settings.of(verdict.result());
    }

    private Verdict compare(String own, byte[][] all) {
        for (int rank = 1; rank < all.length; rank++) {
            String other = new String(all[rank], StandardCharsets.UTF_8);
            if (!other.equals(own)) {
                return Verdict.fail(new BootcastException(
                        Fault.RANKS_DIFFER,
                        "ranks were started differently: rank=" + rank + " found=[" + other + "] expected=[" + own
                                + "]; start all ranks with one java, one Bootcast and one class path"));
            }
        }
        if (store == null) {
            return Verdict.fail(new BootcastException(Fault.STORE, "root has no store: " + storeFailure));
        }
        reader.complete(settings);
        return Verdict.go(settings.toBytes());
    }

    /** What a leader does, and what it tells the ranks of its node. */
    private Verdict lead(Group leaders, Node node) {
        Pulse pulse = new Pulse(node);
        try {
            if (store != null && leaders.rank() != 0) {
                store.dropDamaged();
            }
            boolean says = settings.stages && leaders.rank() == 0;
            Progress progress = says ? new StageProgress(pulse, steps, leaders.size()) : pulse;
            Delivery delivery = new Delivery(leaders, store, steps, progress);
            if (store == null) {
                delivery.discard(storeFailure);
            }
            long begun = System.nanoTime();
            if (settings.triesOnly) {
                delivery.sendNothing();
            }
            String digest = delivery.run(reader, pulse.intervalMillis());
            long start = System.nanoTime();
            boolean isHere = delivery.failure().isEmpty() && !settings.triesOnly;
            String failure = isHere ? publish(digest) : delivery.failure();
            if (settings.stages) {
                sayStaged(leaders.gather(stagedHere(failure, begun, delivery.lackedBytes())));
            }
            agreeOnFailures(leaders, failure);
            steps.add(Steps.Step.PUBLISH, start);
            Verdict outcome = failure.isEmpty() ? Verdict.go(imageId(digest)) : Verdict.fallBack(failure);
            node.ranks().broadcast(outcome.toBytes());
            return outcome;
        } catch (BootcastException e) {
            node.ranks().broadcast(Verdict.fail(e).toBytes());
            throw e;
        }
    }

    /** Empty if nothing was to be sent. */
    private String imageId(String digest) {
        return settings.triesOnly ? "" : Store.imageId(digest);
    }

    /** What root's own store lacked it has read from the bundle before it offered it. */
    private byte[] stagedHere(String failure, long begun, long lackedBytes) {
        return Staged.here(failure, System.nanoTime() - begun, Math.max(lackedBytes, steps.bytesRead()));
    }

    /** @param nodes what each node has said, at root; elsewhere empty */
    private void sayStaged(byte[][] nodes) {
        if (nodes.length > 0) {
            System.out.println(Staged.summary(settings.bundle, nodes, settings.triesOnly));
        }
    }

    /** Makes the image visible on this node; returns why that failed, or an empty string. */
    private String publish(String digest) {
        try {
            String id = Store.imageId(digest);
            if (store.hasImage(id) && !store.isIntact(id)) {
                return "store " + store.directory()
                        + ": the image was damaged and has been removed; the next run repairs it";
            }
            store.publishImage(digest);
            keep(id);
            return "";
        } catch (IOException e) {
            return "store " + store.directory() + ": cannot publish the image: " + BootcastException.reason(e);
        } catch (RuntimeException e) {
            // Other leaders are in a collective call: this one must get there, too.
            return "store " + store.directory() + ": cannot publish the image: " + e;
        }
    }

    /** Collective over leaders. With {@code --on-error abort} one node's failure is everybody's. */
    private void agreeOnFailures(Group leaders, String failure) {
        byte[][] all = leaders.gather(failure.getBytes(StandardCharsets.UTF_8));
        Verdict verdict = Verdict.go("");
        Set<String> said = new HashSet<>();
        for (byte[] answer : all) {
            if (answer.length > 0) {
                String reason = new String(answer, StandardCharsets.UTF_8);
                if (settings.abortOnError || settings.stages) {
                    verdict = Verdict.fail(new BootcastException(Fault.STORE, reason));
                } else if (said.add(reason)) {
                    System.err.println("bootcast: a node loads from the plain class path: " + reason);
                }
            }
        }
        Verdict.of(leaders.broadcast(verdict.toBytes())).result();
    }

    private Verdict follow(Node node) {
        Verdict heard;
        do {
            heard = Verdict.of(node.ranks().broadcast(new byte[0]));
        } while (heard.isWait());
        heard.result();
        return heard;
    }

    /** Without others to talk to: the lock of the class path's recipe decides who prepares the image. */
    private Prepared runAlone(Transport transport) {
        watchdog.entering("waiting for the image's lock");
        openStoreOnce();
        if (store == null) {
            return open("", fallBackOrFail(storeFailure), transport.world());
        }
        Recipe recipe = new Recipe(store, settings, System.getProperty("java.vm.version"));
        try {
            Store.KeyLock lock = store.lockKey(recipe.key());
            try {
                watchdog.entering("reading");
                long begun = System.nanoTime();
                String id = prepareAlone(transport, recipe);
                if (settings.stages) {
                    sayStaged(new byte[][] {stagedHere("", begun, lackedBytes)});
                }
                return open(id, "", transport.world());
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            return open("", fallBackOrFail(BootcastException.reason(e)), transport.world());
        }
    }

    /**
     * Returns the name of the image: the one that was checked for this very job, if it is in use; or the one that the class path gave last
     * time, if nothing has changed; or one that this process prepares.
     */
    private String prepareAlone(Transport transport, Recipe recipe) throws IOException {
        String digest = transport.meetsByLock() ? recipe.imageOfJob(launcher.job()) : "";
        if (digest.isEmpty() || !store.isInUse(Store.imageId(digest))) {
            long start = System.nanoTime();
            digest = reader == null ? recipe.imageOf(new Limits(settings.maxBytes, settings.live)) : "";
            if (!settings.bundle.isEmpty() && !digest.isEmpty()) {
                BundleIntake.requireJvm(LaunchList.of(store.readBlob(digest)), settings);
            }
            steps.add(Steps.Step.RESOLVE, start);
        }
        String id = digest.isEmpty() ? readAlone(transport) : Store.imageId(digest);
        if (transport.meetsByLock()) {
            recipe.checkedFor(launcher.job());
        }
        if (!id.isEmpty()) {
            keep(id);
        }
        return id;
    }

    /** If the image is to stay it does; that of a bundle can then be found by the bundle's name. */
    private void keep(String id) throws IOException {
        if (settings.keep && !settings.bundle.isEmpty()) {
            store.stage(settings.bundle, id);
            watchdog.progress();
            bundles.staged(store.image(id));
            watchdog.progress();
        } else if (settings.keep) {
            store.keep(id);
        }
    }

    private String readAlone(Transport transport) throws IOException {
        if (reader == null) {
            newReader().run();
        }
        Delivery delivery = new Delivery(transport.world(), store, steps, watchdog);
        if (settings.triesOnly) {
            delivery.sendNothing();
        }
        String digest = delivery.run(reader, settings.timeoutSeconds * MILLIS_PER_SECOND);
        lackedBytes = delivery.lackedBytes();
        if (digest.isEmpty()) {
            throw new IOException(delivery.failure());
        }
        if (settings.triesOnly) {
            return "";
        }
        long start = System.nanoTime();
        store.publishImage(digest);
        steps.add(Steps.Step.PUBLISH, start);
        return Store.imageId(digest);
    }

    /** The plain class path of a bundle is known to the bundle only. */
    private void readClassPathOfBundle() {
        if (settings.bundle.isEmpty()) {
            return;
        }
        try (BundleFile bundle = bundles.open(new File(settings.bundle))) {
            LaunchList list = LaunchList.of(bundle.launchList());
            settings.classPath = list.setting(LaunchList.CLASS_PATH);
            settings.mainClass = list.setting(LaunchList.MAIN);
        } catch (IOException e) {
            throw new BootcastException(
                    Fault.BUNDLE,
                    "cannot read the bundle: file=" + settings.bundle + " reason=" + BootcastException.reason(e),
                    e);
        }
    }

    private String fallBackOrFail(String reason) {
        if (settings.abortOnError) {
            throw new BootcastException(Fault.STORE, reason);
        }
        readClassPathOfBundle();
        System.err.println("bootcast: loads from the plain class path: " + reason);
        return reason;
    }

    /** Collective over {@code world} if a report is wanted, else local. Opens image {@code id}; with a {@code reason} instead, this rank does without. */
    private Prepared open(String id, String reason, Group world) {
        long start = System.nanoTime();
        watchdog.entering("opening the image");
        Image image = null;
        if (id.isEmpty()) {
            leave();
        } else {
            image = store.open(id);
        }
        steps.add(Steps.Step.OPEN, start);
        byte[][] timings = settings.report.isEmpty() ? new byte[0][] : world.gather(timings());
        String note = store == null ? "" : store.note();
        return new Prepared(
                settings, image, store, id.isEmpty() ? reason : id, new History(steps, reader, timings, note, world));
    }

    private void leave() {
        if (store != null) {
            store.leave();
            store = null;
        }
    }

    private byte[] timings() {
        Message message = new Message();
        for (int step = 0; step < Steps.Step.values().length; step++) {
            message.put(steps.nanos(step));
        }
        return message.toBytes();
    }

    /** Tells the ranks of a node now and then that their leader is at work. */
    private final class Pulse implements Progress {
        private final Node node;
        private long last = System.nanoTime();

        Pulse(Node node) {
            this.node = node;
        }

        long intervalMillis() {
            return settings.timeoutSeconds * MILLIS_PER_SECOND / PULSES_PER_TIMEOUT;
        }

        @Override
        public void progress() {
            watchdog.progress();
            if (System.nanoTime() - last > intervalMillis() * 1_000_000) {
                last = System.nanoTime();
                node.ranks().broadcast(Verdict.waitLonger().toBytes());
            }
        }
    }
}
