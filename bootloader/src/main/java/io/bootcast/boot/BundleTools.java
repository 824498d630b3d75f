package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.path.BundleFile;
import io.bootcast.path.Bundles;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Opens bundles with the reader in {@code builder.jar}, which lies beside {@code bootcast.jar}. It has a class loader of its own, so that the libraries it needs never meet the application's;
 * nothing of it is loaded, nor looked for, before a bundle is opened.
 */
final class BundleTools implements Bundles {
    private static final String NAME = "builder.jar";
    private static final String READER = "io.bootcast.build.bundle.BundleReader";

    private final String installation;

    /** @param installation a directory to look for {@code builder.jar} in if it is not beside {@code bootcast.jar}; or empty */
    BundleTools(String installation) {
        this.installation = installation;
    }

    @Override
    public BundleFile open(File file) throws IOException {
        URLClassLoader loader = new URLClassLoader(
                new URL[] {find().toURI().toURL()}, getClass().getClassLoader());
        try {
            return Class.forName(READER, /* initialize= */ true, loader)
                    .asSubclass(BundleFile.class)
                    .getConstructor(File.class)
                    .newInstance(file);
        } catch (InvocationTargetException e) {
            loader.close();
            if (e.getCause() instanceof IOException) {
                throw (IOException) e.getCause();
            }
            if (e.getCause() instanceof BootcastException) {
                throw (BootcastException) e.getCause();
            }
            throw damaged(e);
        } catch (ReflectiveOperationException | LinkageError e) {
            loader.close();
            throw damaged(e);
        }
    }

    private static BootcastException damaged(Throwable cause) {
        return new BootcastException(
                Fault.INSTALLATION, NAME + " cannot be used: " + cause + "; install Bootcast again", cause);
    }

    private File find() {
        String own =
                getClass().getProtectionDomain().getCodeSource().getLocation().toString();
        File beside = new File(new File(URI.create(own)).getParentFile(), NAME);
        if (beside.exists()) {
            return beside;
        }
        File installed = new File(installation, NAME);
        if (!installation.isEmpty() && installed.exists()) {
            return installed;
        }
        throw new BootcastException(
                Fault.INSTALLATION,
                "no " + NAME + " beside " + own + (installation.isEmpty() ? "" : " nor in " + installation)
                        + ": run scripts/setup && mvn package, or set BOOTCAST_HOME");
    }
}
