package io.bootcast.boot;

import io.bootcast.loader.BroadcastClassLoader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * What the manifest of {@code -jar} asks of the launcher, done in the launcher's order. The manifest is the store's: no rank but the root reads the jar at
 * its home. {@code SplashScreen-Image} is not shown: a rank has no screen.
 */
final class JarLaunch {
    /** The release from which on the launcher reads {@code Enable-Native-Access}. */
    private static final int NATIVE_ACCESS = 22;

    private final String jar;
    private final URLClassLoader loader;

    /** The jar as the user named it, with the loader that has it as its first element. */
    JarLaunch(String jar, URLClassLoader loader) {
        this.jar = jar;
        this.loader = loader;
    }

    /** Does what the manifest asks for; returns the name of the main class. Ends the process where the launcher would. */
    String begin() {
        Attributes attributes = manifest();
        String main = attributes.getValue(Attributes.Name.MAIN_CLASS);
        if (main == null) {
            throw new StockLauncher().stop(null, "java.launcher.jar.error3", jar);
        }
        if (attributes.getValue("Launcher-Agent-Class") != null
                && ModuleLayer.boot().findModule("java.instrument").isPresent()) {
            startAgent(attributes);
        }
        String exports = attributes.getValue("Add-Exports");
        if (exports != null) {
            new StockLauncher().addExportsOrOpens(exports, /* open= */ false);
        }
        String opens = attributes.getValue("Add-Opens");
        if (opens != null) {
            new StockLauncher().addExportsOrOpens(opens, /* open= */ true);
        }
        String nativeAccess = attributes.getValue("Enable-Native-Access");
        if (nativeAccess != null && Runtime.version().feature() >= NATIVE_ACCESS) {
            new StockLauncher().enableNativeAccess(nativeAccess);
        }
        if (attributes.getValue("JavaFX-Application-Class") != null) {
            return new StockLauncher().javaFxStarter(jar, /* isJar= */ true).getName();
        }
        return main.trim();
    }

    private void startAgent(Attributes attributes) {
        boolean atHome = attributes.getValue("Boot-Class-Path") != null; // it is relative to the jar's home
        String file = jar;
        if (loader instanceof BroadcastClassLoader) {
            BroadcastClassLoader image = (BroadcastClassLoader) loader;
            image.askParentFirst();
            file = atHome ? jar : image.classPath().get(0);
        }
        new StockLauncher().startAgent(file, jar);
    }

    private Attributes manifest() {
        URL url = loader.findResource("META-INF/MANIFEST.MF");
        if (url == null || !url.getProtocol().equals("jar")) {
            // The launcher's native part says these, in English always.
            String problem = new File(jar).canRead() ? "Invalid or corrupt jarfile " : "Unable to access jarfile ";
            System.err.println("Error: " + problem + jar);
            Runtime.getRuntime().exit(1);
            throw new AssertionError("exit returned");
        }
        try (InputStream in = url.openStream()) {
            return new Manifest(in).getMainAttributes();
        } catch (IOException e) {
            throw new StockLauncher().stop(e, "java.launcher.jar.error1", jar);
        }
    }
}
