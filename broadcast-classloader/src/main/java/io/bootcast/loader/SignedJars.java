package io.bootcast.loader;

import io.bootcast.store.Image;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.CodeSigner;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The signed jars of an image, each opened in the store by the JDK's own reader when the first class is asked of it. That reader verifies what is read
 * from it, by the rules of the running JDK: which digests still count, whose signature is valid, what an altered entry is answered with. Any
 * thread.
 */
final class SignedJars {
    private final Image image;
    private final JarFile[] jars;

    SignedJars(Image image) {
        this.image = image;
        this.jars = new JarFile[image.index().elementCount()];
    }

    /** Opens the entry that answers for {@code name}. The first one of a jar verifies the jar's signatures. */
    Opened open(int element, String name) throws IOException {
        return new Opened(jar(element), name);
    }

    private synchronized JarFile jar(int element) throws IOException {
        if (jars[element] == null) {
            jars[element] =
                    new JarFile(image.file(element), /* verify= */ true, ZipFile.OPEN_READ, JarFile.runtimeVersion());
        }
        return jars[element];
    }

    synchronized void close() throws IOException {
        for (JarFile jar : jars) {
            if (jar != null) {
                jar.close();
            }
        }
    }

    /** An entry that is being read. For one thread. */
    static final class Opened implements AutoCloseable {
        private final JarFile jar;
        private final JarEntry entry;
        private final InputStream in;

        private Opened(JarFile jar, String name) throws IOException {
            this.jar = jar;
            this.entry = jar.getJarEntry(name);
            if (entry == null) {
                throw new ZipException("no such entry: jar=" + jar.getName() + " entry=" + name);
            }
            this.in = jar.getInputStream(entry);
        }

        /** The jar's manifest, which knows what of it is signed. */
        Manifest manifest() throws IOException {
            return jar.getManifest();
        }

        /** The content, which is what the signers signed. */
        byte[] read() throws IOException {
            byte[] content = in.readNBytes((int) entry.getSize());
            if (content.length != entry.getSize()) {
                throw new EOFException("entry is cut: jar=" + jar.getName() + " entry=" + entry.getName());
            }
            return content;
        }

        /** Who signed the content, or null; known when it was read. */
        CodeSigner[] signers() {
            return entry.getCodeSigners();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
