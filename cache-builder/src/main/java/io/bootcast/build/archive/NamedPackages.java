package io.bootcast.build.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.ClassReader;

/**
 * The packages of all types that the classes of some jars name in their constant pools, descriptors and signatures included. Sees more than is ever loaded; what is loaded by a name
 * made at run time it does not see.
 */
final class NamedPackages {
    private static final int UTF8_TAG = 1;
    private static final int CLASS_TAG = 7;

    private final Set<String> names = new HashSet<>();

    /** With dots. */
    Set<String> names() {
        return names;
    }

    /** Adds those of one jar, of all its versions. */
    void add(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), /* verify= */ false)) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        add(in.readAllBytes());
                    }
                }
            }
        }
    }

    private void add(byte[] bytes) {
        ClassReader reader;
        try {
            reader = new ClassReader(bytes);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return; // no class file, or one of a version that no JVM of this bundle reads
        }
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            int tag = offset == 0 ? 0 : reader.readByte(offset - 1);
            if (tag == CLASS_TAG) {
                addType(reader.readUTF8(offset, buffer));
            } else if (tag == UTF8_TAG) {
                addDescriptor(
                        new String(bytes, offset + 2, reader.readUnsignedShort(offset), StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** {@code text} may be any string: what looks like a type is taken for one. */
    private void addDescriptor(String text) {
        if (text.indexOf('/') < 0) {
            return;
        }
        for (int at = text.indexOf('L'); at >= 0; at = text.indexOf('L', at + 1)) {
            int end = at + 1;
            while (end < text.length()
                    && (Character.isJavaIdentifierPart(text.charAt(end)) || text.charAt(end) == '/')) {
                end++;
            }
            if (end < text.length() && (text.charAt(end) == ';' || text.charAt(end) == '<')) {
                addType(text.substring(at + 1, end));
            }
        }
    }

    private void addType(String type) {
        String name = type.startsWith("[") ? type.substring(type.indexOf('L') + 1) : type;
        int slash = name.lastIndexOf('/');
        if (slash > 0) {
            names.add(name.substring(0, slash).replace('/', '.'));
        }
    }
}
