package io.bootcast.path;

import io.bootcast.store.Image;
import io.bootcast.store.LaunchList;
import io.bootcast.store.Store;

/** What the data path gave this rank: an open image with the store that holds it, or the reason why there is none. */
public final class Prepared {
    private final Settings settings;
    private final Image image;
    private final Store store;
    private final String outcome;
    private final History history;

    Prepared(Settings settings, Image image, Store store, String outcome, History history) {
        this.settings = settings;
        this.image = image;
        this.store = store;
        this.outcome = outcome;
        this.history = history;
    }

    /** Root's settings. */
    public Settings settings() {
        return settings;
    }

    /** False if this rank loads from the plain class path. */
    public boolean hasImage() {
        return image != null;
    }

    /** The image; only if {@link #hasImage}. */
    public Image image() {
        return image;
    }

    /** The main class that the bundle names; empty if the image comes from no bundle, or from one that names none. */
    public String mainClass() {
        return image == null ? settings.mainClass : image.launchList().setting(LaunchList.MAIN);
    }

    /** Why there is no image, else its name. */
    public String outcome() {
        return outcome;
    }

    /** Gives the store back: to be called when the process ends, and removes what nobody needs then. Local. */
    public void leave() {
        if (store != null) {
            store.leave();
        }
    }

    /** This rank's number. */
    public int rank() {
        return history.rank;
    }

    /** As {@link #leave}, for a rank that ends before its time: see {@link Store#leaveTogether}. Waits {@code mostMillis} at most. */
    public void leaveTogether(long mostMillis) {
        if (store != null) {
            store.leaveTogether(mostMillis);
        }
    }

    /** What happened until now. */
    public Report report() {
        return new Report(history, image);
    }
}
