package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.path.DataPath;
import io.bootcast.path.Prepared;
import io.bootcast.path.Version;
import io.bootcast.store.Locks;
import io.bootcast.store.Store;
import io.bootcast.store.StorePlace;
import io.bootcast.transport.Launcher;
import io.bootcast.transport.Transport;
import io.bootcast.transport.Watchdog;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What {@code scripts/bootcast} starts. {@code run} becomes the application; {@code stage} brings a bundle to the nodes; {@code clean} removes what no process uses from this node's store; {@code
 * version} says which Bootcast this is. Every fault ends here: one line on standard error, and the fault's exit code; {@code --verbose} adds the stack trace.
 */
public final class Bootloader {
    private Bootloader() {}

    /** See the class. An exception of the application leaves this method as it would leave the application's own main method. */
    public static void main(String[] args) throws Throwable {
        String command = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        Map<String, String> environment = System.getenv();
        Application application;
        try {
            switch (command) {
                case "run" -> application = prepare(CommandLine.of(rest, environment), environment);
                case "stage" -> {
                    stage(CommandLine.of(rest, environment), environment);
                    return;
                }
                case "clean" -> {
                    clean(CommandLine.of(rest, environment), environment);
                    return;
                }
                case "version" -> {
                    System.out.println("bootcast " + Version.CURRENT);
                    return;
                }
                default ->
                    throw new BootcastException(Fault.USAGE, "unknown command: " + command + "; see bootcast help");
            }
        } catch (BootcastException e) {
            die(e, environment, rest);
            return;
        }
        application.run();
    }

    /** Exits without waiting for anybody: other ranks end by the launcher, or by the same verdict. */
    private static void die(BootcastException e, Map<String, String> environment, String[] args) {
        Launcher launcher = Launcher.of(environment);
        String rank = launcher.rank() < 0 ? "" : "rank " + launcher.rank() + ": ";
        if (!e.isCommon() || launcher.rank() <= 0) {
            System.err.println("bootcast: " + rank + e.getMessage());
        }
        if (environment.get("BOOTCAST_VERBOSE") != null || Arrays.asList(args).contains("--verbose")) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(e.fault().exitCode());
    }

    private static void clean(CommandLine line, Map<String, String> environment) {
        StorePlace executes = new StorePlace(/* executes= */ true);
        File other =
                executes.find(line.settings().store, environment); // before the first, if it is the same, is removed
        if (!clean(new StorePlace(), line, environment).equals(other)) {
            clean(executes, line, environment);
        }
    }

    /** Returns the directory of the store that was cleaned. */
    private static File clean(StorePlace place, CommandLine line, Map<String, String> environment) {
        Store store = Store.open(place, line.settings().store, environment, new Locks());
        File directory = store.directory();
        int left = store.clean();
        System.out.println(
                "bootcast: " + directory + ": " + (left == 0 ? "removed" : "images in use, not removed: " + left));
        return directory;
    }

    /** Collective over the job. Brings the bundle's image to every node, where it stays. */
    private static void stage(CommandLine line, Map<String, String> environment) {
        line.settings().keep = true;
        line.settings().stages = true;
        line.settings().abortOnError = true;
        Launcher launcher = line.isRank() ? Launcher.of(environment) : Launcher.NONE;
        try (Watchdog watchdog = new Watchdog(line.settings().timeoutSeconds, who(launcher))) {
            TransportChoice choice = new TransportChoice(line, launcher, environment);
            DataPath path =
                    new DataPath(line.settings(), environment, launcher, watchdog, bundleTools(line, environment));
            if (choice.wantsMpi() && launcher.rank() == 0) {
                path.begin();
            }
            watchdog.entering("starting the transport");
            // Not closed if it fails: others may be in a collective call, and a failure never waits for them.
            Transport transport = choice.start(line.threadLevel(), watchdog);
            Prepared prepared = path.run(transport);
            if (prepared.settings().verbose) {
                System.err.println("bootcast: " + transport.name() + ": "
                        + prepared.report().line());
            }
            writeReport(prepared, transport.name());
            prepared.leave();
            watchdog.entering("ending the transport");
            transport.close();
        }
    }

    private static void writeReport(Prepared prepared, String transport) {
        String file = prepared.settings().report;
        if (file.isEmpty() || prepared.rank() != 0) {
            return;
        }
        try {
            prepared.report().write(file, transport, prepared.outcome(), !prepared.hasImage(), new int[6]);
        } catch (IOException e) {
            System.err.println(
                    "bootcast: cannot write the report: file=" + file + " reason=" + BootcastException.reason(e));
        }
    }

    private static BundleTools bundleTools(CommandLine line, Map<String, String> environment) {
        return new BundleTools(line.wrapper(), environment);
    }

    private static String who(Launcher launcher) {
        return launcher.rank() < 0 ? "this process" : "rank " + launcher.rank();
    }

    private static Application prepare(CommandLine line, Map<String, String> environment) {
        Launcher launcher = line.isRank() ? Launcher.of(environment) : Launcher.NONE;
        try (Watchdog watchdog = new Watchdog(line.settings().timeoutSeconds, who(launcher))) {
            SystemView.Jdk jdk = SystemView.Jdk.open();
            TransportChoice choice = new TransportChoice(line, launcher, environment);
            DataPath path =
                    new DataPath(line.settings(), environment, launcher, watchdog, bundleTools(line, environment));
            jdk.allowNativeAccess(choice.wantsMpi() || !line.settings().bundle.isEmpty());
            if (choice.wantsMpi() && launcher.rank() == 0) {
                path.begin();
            }
            watchdog.entering("starting the transport");
            Transport transport = choice.start(line.threadLevel(), watchdog);
            Prepared prepared = path.run(transport);
            Ending ending = new Ending(prepared, transport.name(), line.record());
            ending.install(jdk);
            warnOfOptions(line, prepared);
            ApplicationMain main = mainOf(line, prepared);
            watchdog.entering("ending the transport");
            boolean keepsMpi = transport.name().equals("mpi") && main.holdsMpi();
            if (keepsMpi) {
                ending.finishMpiAtEnd();
            } else {
                transport.close();
                jdk.allowNativeAccess(false);
            }
            jdk.show(main.loader());
            if (prepared.hasImage()) {
                jdk.searchLibraries(prepared.image().libraryPath(System.getProperty("java.library.path", "")));
            }
            ending.mainBegins(main.loader());
            if (prepared.settings().verbose) {
                if (!jdk.reason().isEmpty()) {
                    System.err.println(
                            "bootcast: the JVM's system class loader is not the application's: " + jdk.reason());
                }
                System.err.println("bootcast: " + transport.name() + ": "
                        + prepared.report().line());
            }
            return new Application(main, ending);
        }
    }

    /** A JVM that was not started from the staged image runs without the options that were given when the bundle was built. */
    private static void warnOfOptions(CommandLine line, Prepared prepared) {
        boolean knows =
                line.settings().bundle.isEmpty() || !line.settings().staged.isEmpty();
        if (knows || !prepared.hasImage() || prepared.rank() != 0) {
            return;
        }
        List<String> options = prepared.image().launchList().options();
        if (!options.isEmpty()) {
            System.err.println("bootcast: the bundle is not staged, so this JVM runs without the bundle's options: "
                    + String.join(" ", options) + "; stage it first, or give them here too");
        }
    }

    /** Leaves the store if the image cannot be read: the process is halted then, and its ending does not run. */
    private static ApplicationMain mainOf(CommandLine line, Prepared prepared) {
        try {
            return new ApplicationMain(line, prepared);
        } catch (BootcastException e) {
            prepared.leave();
            throw e;
        }
    }

    /** The application, ready to run. */
    private static final class Application {
        private final ApplicationMain main;
        private final Ending ending;

        Application(ApplicationMain main, Ending ending) {
            this.main = main;
            this.ending = ending;
        }

        void run() throws Throwable {
            boolean returned = false;
            try {
                main.run();
                returned = true;
            } finally {
                ending.mainEnded(returned);
            }
        }
    }
}
