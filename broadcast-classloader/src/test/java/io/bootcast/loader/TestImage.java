package io.bootcast.loader;

import io.bootcast.fault.BootcastException;
import io.bootcast.index.HotWriter;
import io.bootcast.index.LoadList;
import io.bootcast.path.DataPath;
import io.bootcast.path.Prepared;
import io.bootcast.path.Settings;
import io.bootcast.store.Image;
import io.bootcast.transport.Launcher;
import io.bootcast.transport.SoloTransport;
import io.bootcast.transport.Watchdog;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
        try {
            prepared = new DataPath(settings, Map.of(), Launcher.NONE, watchdog, file -> null).run(new SoloTransport());
        } catch (BootcastException e) {
            watchdog.close();
            throw e;
        }
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
        return new TestImage(store, settings(live, classPath));
    }

    static Settings settings(List<String> live, Object... classPath) {
        List<String> elements = new ArrayList<>();
        for (Object element : classPath) {
            elements.add(element.toString());
        }
        Settings settings = new Settings();
        settings.classPath = String.join(File.pathSeparator, elements);
        settings.live = live;
        return settings;
    }

    /** The same of what {@code settings} say. */
    static TestImage ofSettings(Path store, Settings settings) throws IOException {
        return new TestImage(store, settings);
    }

    /** As {@link #of}, with a hot blob of {@code list} laid into the image, which is opened then. */
    static TestImage hot(Path store, LoadList list, Object... classPath) throws IOException {
        return ofHot(store, cold -> HotClasses.of(list, cold), settings(List.of(), classPath));
    }

    /** The same with the hot blob that {@code maker} gives for the image. */
    static TestImage ofHot(Path store, Function<Image, HotWriter> maker, Settings settings) throws IOException {
        return ofHotBytes(store, cold -> bytes(maker.apply(cold)), settings);
    }

    static byte[] bytes(HotWriter writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The same with any bytes in the place of the hot blob. */
    static TestImage ofHotBytes(Path store, Function<Image, byte[]> maker, Settings settings) throws IOException {
        settings.keep = true;
        Path home;
        try (TestImage cold = new TestImage(store, settings)) {
            home = store.resolve("images").resolve(cold.prepared.outcome());
            Path launch = Files.createDirectories(home.resolve("launch"));
            Files.write(launch.resolve("hot"), maker.apply(cold.image()));
        }
        Files.delete(home.resolve("keep"));
        settings.keep = false;
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
