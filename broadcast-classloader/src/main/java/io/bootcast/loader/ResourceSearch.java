package io.bootcast.loader;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import io.bootcast.store.Image;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

/** Resources by name: from the index, and at their place in the order from elements that stayed at home. Any thread. */
final class ResourceSearch {
    private final Index index;
    private final Image image;
    private final Elements elements;
    private final HomeElements home;

    ResourceSearch(Image image, Elements elements, HomeElements home) {
        this.image = image;
        this.index = image.index();
        this.elements = elements;
        this.home = home;
    }

    /** The URLs of {@code name} in class path order, or only the first one; to be changed by the caller. */
    List<URL> find(String name, boolean all) {
        List<URL> found = new ArrayList<>(1);
        int entry = index.find(name);
        try {
            if (elements.hasDirectories() && OddNames.isOdd(name)) {
                findOdd(name, entry, all, found);
            } else {
                findPlain(name, entry, all, found);
            }
        } catch (MalformedURLException e) {
            // The stock loader, too, finds nothing where it can make no URL: what was found before counts.
            return found;
        }
        return found;
    }

    private void findPlain(String name, int entry, boolean all, List<URL> found) throws MalformedURLException {
        int places = entry == 0 ? 0 : index.placeCount(entry);
        int nextHome = 0;
        for (int i = 0; i <= places && (all || found.isEmpty()); i++) {
            int place = i < places ? index.place(entry, i) : 0;
            int element = i < places ? index.element(place) : Integer.MAX_VALUE;
            while (nextHome < home.count() && home.number(nextHome) < element && (all || found.isEmpty())) {
                add(home.find(nextHome++, name), found);
            }
            if (i < places && (all || found.isEmpty())) {
                add(url(place, element, name), found);
            }
        }
    }

    private static void add(URL url, List<URL> found) {
        if (url != null) {
            found.add(url);
        }
    }

    private void findOdd(String name, int entry, boolean all, List<URL> found) throws MalformedURLException {
        int nextHome = 0;
        int nextPlace = 0;
        int places = entry == 0 ? 0 : index.placeCount(entry);
        for (int element = 0; element < index.elementCount() && (all || found.isEmpty()); element++) {
            if (index.kind(element) == ElementFacts.LIVE) {
                add(home.find(nextHome++, name), found);
            } else if (index.kind(element) == ElementFacts.DIRECTORY) {
                String plain = OddNames.plain(image.file(element).getPath(), name);
                add(plain != null && holds(element, plain) ? urlInDirectory(element, name) : null, found);
            } else if (nextPlace < places && index.element(index.place(entry, nextPlace)) == element) {
                found.add(url(index.place(entry, nextPlace), element, name));
            }
            while (nextPlace < places && index.element(index.place(entry, nextPlace)) <= element) {
                nextPlace++;
            }
        }
    }

    private boolean holds(int element, String name) {
        int entry = index.find(name);
        for (int i = 0; entry != 0 && i < index.placeCount(entry); i++) {
            if (index.element(index.place(entry, i)) == element) {
                return true;
            }
        }
        return false;
    }

    /** Null where the name makes a URL that leads away, as {@code http:/x} does; in a jar such a URL is what the stock loader gives. */
    private URL urlInDirectory(int element, String name) throws MalformedURLException {
        URL base = elements.base(element);
        URL url = UrlPath.below(base, name);
        boolean leadsAway = name.indexOf(':') >= 0
                && !(url.getProtocol().equals("file") && url.getFile().startsWith(base.getFile()));
        return leadsAway ? null : url;
    }

    private URL url(int place, int element, String name) throws MalformedURLException {
        if (index.kind(element) == ElementFacts.DIRECTORY) {
            return urlInDirectory(element, name);
        }
        String real = name;
        if (index.isMultiRelease(element)) {
            real = index.release(place) == 0 ? name : "META-INF/versions/" + index.release(place) + "/" + name;
            real = index.isDirectoryAlias(place) ? real + "/" : real;
        }
        return UrlPath.below(elements.base(element), real);
    }

    /**
     * The place whose mapped bytes are what the first URL of {@code name} gives, or 0 where only the JDK's reader can answer as it does: for directories,
     * signed jars, damaged entries, elements at home, names that make no URL or another one, and jars whose own name the JDK takes apart wrongly.
     */
    int placeInMemory(String name) {
        int entry = index.find(name);
        if (entry == 0 || name.isEmpty() || name.startsWith("/") || OddNames.isOdd(name) || name.indexOf(':') >= 0) {
            return 0;
        }
        int place = index.firstPlace(entry);
        int element = index.element(place);
        boolean plain = !index.isDirectoryAlias(place)
                && !index.isUnreadable(place)
                && !index.isSigned(element)
                && !home.hasBefore(element)
                && !image.file(element).getPath().contains("!/");
        return plain ? place : 0;
    }
}
