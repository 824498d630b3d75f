package io.bootcast.loader;

import io.bootcast.path.DataPath;
import io.bootcast.path.Prepared;
import io.bootcast.path.Settings;
import io.bootcast.store.Image;
import io.bootcast.transport.Launcher;
import io.bootcast.transport.SoloTransport;
import io.bootcast.transport.Watchdog;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An image made by the real data path of one process, its loader, and beside it the oracle: a {@code URLClassLoader} over the originals. */
final class TestImage implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;

    private final Watchdog watchdog = new Watchdog(TIMEOUT_SECONDS, "test");
    private final Prepared prepared;
    private final BroadcastClassLoader loader;
    private final URLClassLoader stock;

    private TestImage(Path store, Settings settings) throws IOException {
        settings.store = store.toString();
        settings.abortOnError = true;
        prepared = new DataPath(settings, Map.of(), Launcher.NONE, watchdog, file -> null).run(new SoloTransport());
        loader = new BroadcastClassLoader(prepared.image(), /* parentFirst= */ false);
        List<URL> urls = new ArrayList<>();
        for (String element : settings.classPath.split(File.pathSeparator)) {
            urls.add(new File(element).toURI().toURL());
        }
        stock = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    /** The image of {@code classPath} in a new store at {@code store}, which must not exist and does not after {@link #close}. */
    static TestImage of(Path store, Object... classPath) throws IOException {
        return ofLive(List.of(), store, classPath);
    }

    /** The same with elements that stay at home. */
    static TestImage ofLive(List<String> live, Path store, Object... classPath) throws IOException {
        List<String> elements = new ArrayList<>();
        for (Object element : classPath) {
            elements.add(element.toString());
        }
        Settings settings = new Settings();
        settings.classPath = String.join(File.pathSeparator, elements);
        settings.live = live;
        return new TestImage(store, settings);
    }

    /** The same of what {@code settings} say. */
    static TestImage ofSettings(Path store, Settings settings) throws IOException {
        return new TestImage(store, settings);
    }

    Image image() {
        return prepared.image();
    }

    BroadcastClassLoader loader() {
        return loader;
    }

    URLClassLoader stock() {
        return stock;
    }

    /** {@code url} with the store's directory taken off: what the stock loader's URL would be. */
    String original(URL url) {
        return url == null ? null : url.toString().replace(mirror(), "");
    }

    /** The part of the URLs that is the store's: what comes before the original path. */
    private String mirror() {
        for (int element = 0; element < image().index().elementCount(); element++) {
            String file = image().file(element).getPath();
            String home = image().index().originalPath(element);
            if (!file.equals(home)) {
                return UrlPath.encode(file.substring(0, file.length() - home.length()));
            }
        }
        return "no element is in the store";
    }

    @Override
    public void close() throws IOException {
        loader.close();
        stock.close();
        prepared.leave();
        watchdog.close();
    }
}
