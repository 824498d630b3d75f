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
