package io.bootcast.path;

import io.bootcast.transport.Message;
import java.util.ArrayList;
import java.util.List;

/** What a run was asked to do. The root's settings become everybody's: launchers do not forward every variable. Not changed once the data path runs. */
public final class Settings {
    /** Seconds without progress after which a process ends itself, unless {@code --timeout} says otherwise. */
    public static final long DEFAULT_TIMEOUT_SECONDS = 300;

    /** The class path as the user wrote it, wildcards and all. */
    public String classPath = ".";

    /** The absolute path of the bundle that the image comes from; empty if it comes from the class path. */
    public String bundle = "";

    /** The main class that the bundle names, or empty; known once root has read its head. */
    public String mainClass = "";

    /** The image is only brought to the nodes, where it stays; {@link #keep} is set as well. */
    public boolean stages;

    /** With {@link #stages}: nothing is sent, it is only said what would be. */
    public boolean triesOnly;

    /**
     * An image of the store, or empty. Without {@link #bundle} it is opened, and nobody is asked; with it, it is the one whose jars and options this JVM was started with.
     */
    public String staged = "";

    /** Files get one and the same time of last modification, {@link io.bootcast.store.LaunchList#MTIME_NANOS}, so that the same content gives the same image. */
    public boolean fixedTimes;

    /** Where the store has to be, or empty. */
    public String store = "";

    /** Elements beyond this many bytes stay at home. */
    public long maxBytes = Long.MAX_VALUE;

    /** Elements that stay at home. */
    public List<String> live = new ArrayList<>();

    /** Directories that travel beside the class path. */
    public List<String> withFiles = new ArrayList<>();

    /** Directories that travel and in which native libraries are found. */
    public List<String> nativeDirectories = new ArrayList<>();

    /** The JVM's {@code java.library.path}. */
    public String libraryPath = "";

    /** True if the user gave it, so that those of its directories travel that are the user's own. */
    public boolean libraryPathIsGiven;

    /** The image stays in the store. */
    public boolean keep;

    /** See {@link #DEFAULT_TIMEOUT_SECONDS}. */
    public long timeoutSeconds = DEFAULT_TIMEOUT_SECONDS;

    /** Where root writes the report, or empty. */
    public String report = "";

    /** True: a node whose store cannot hold the image ends the job instead of loading from the plain class path. */
    public boolean abortOnError;

    /** Each step says what it did. */
    public boolean verbose;

    /** True if native libraries were asked for, so that the store should be where they can be loaded from. */
    public boolean asksForLibraries() {
        return !nativeDirectories.isEmpty() || libraryPathIsGiven;
    }

    /** The settings as one message. */
    byte[] toBytes() {
        Message message =
                new Message().put(classPath).put(store).put(maxBytes).put(keep).put(timeoutSeconds);
        message.put(bundle)
                .put(mainClass)
                .put(stages)
                .put(triesOnly)
                .put(staged)
                .put(fixedTimes);
        message.put(report).put(abortOnError).put(verbose).put(libraryPath).put(libraryPathIsGiven);
        put(message, live);
        put(message, withFiles);
        put(message, nativeDirectories);
        return message.toBytes();
    }

    private static void put(Message message, List<String> names) {
        message.put(names.size());
        for (String name : names) {
            message.put(name);
        }
    }

    static Settings of(byte[] bytes) {
        Message message = new Message(bytes);
        Settings settings = new Settings();
        settings.classPath = message.getString();
        settings.store = message.getString();
        settings.maxBytes = message.getLong();
        settings.keep = message.getBoolean();
        settings.timeoutSeconds = message.getLong();
        settings.bundle = message.getString();
        settings.mainClass = message.getString();
        settings.stages = message.getBoolean();
        settings.triesOnly = message.getBoolean();
        settings.staged = message.getString();
        settings.fixedTimes = message.getBoolean();
        settings.report = message.getString();
        settings.abortOnError = message.getBoolean();
        settings.verbose = message.getBoolean();
        settings.libraryPath = message.getString();
        settings.libraryPathIsGiven = message.getBoolean();
        addAll(settings.live, message);
        addAll(settings.withFiles, message);
        addAll(settings.nativeDirectories, message);
        return settings;
    }

    private static void addAll(List<String> names, Message message) {
        int count = message.getInt();
        for (int i = 0; i < count; i++) {
            names.add(message.getString());
        }
    }
}
