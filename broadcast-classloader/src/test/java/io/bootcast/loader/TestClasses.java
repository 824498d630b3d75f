package io.bootcast.loader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java sources to class files, in memory. */
final class TestClasses {
    private final Map<String, String> sources = new TreeMap<>();
    private final List<String> options = new ArrayList<>(List.of("-proc:none", "-nowarn", "--release", "17"));

    /** Adds the source of the public type {@code name}. */
    TestClasses add(String name, String source) {
        sources.put(name, source);
        return this;
    }

    /** Adds an empty public class. */
    TestClasses empty(String name) {
        int dot = name.lastIndexOf('.');
        String head = dot < 0 ? "" : "package " + name.substring(0, dot) + "; ";
        return add(name, head + "public class " + name.substring(dot + 1) + " {}");
    }

    /**
     * The class file of an empty public class with any name, also one in a package of the JDK that the compiler would refuse: compiled under another name
     * of the same length.
     */
    static byte[] emptyInAnyPackage(String name) {
        String other = "Z" + name.substring(1);
        byte[] compiled = new TestClasses().empty(other).compile().get(other);
        return renamed(compiled, other.replace('.', '/'), name.replace('.', '/'));
    }

    /** A class file with every {@code from} in it replaced by {@code to}, of the same length. */
    static byte[] renamed(byte[] compiled, String from, String to) {
        String text = new String(compiled, StandardCharsets.ISO_8859_1);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The class files of {@code types} and their nested types, as the tests' build made them, by class name. */
    static Map<String, byte[]> of(Class<?>... types) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        for (Class<?> type : types) {
            String name = type.getName();
            try (InputStream in = type.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                classes.put(name, in.readAllBytes());
            }
            classes.putAll(of(type.getDeclaredClasses()));
        }
        return classes;
    }

    /** Class files by class name. */
    Map<String, byte[]> compile() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, source) -> units.add(new Source(name, source)));
        Map<String, ByteArrayOutputStream> made = new TreeMap<>();
        JavaFileManager files = new Memory(compiler.getStandardFileManager(null, null, null), made);
        if (!compiler.getTask(null, files, null, options, null, units).call()) {
            throw new AssertionError("the test's sources do not compile");
        }
        Map<String, byte[]> classes = new TreeMap<>();
        made.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String source;

        Source(String name, String source) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> made;

        Memory(JavaFileManager files, Map<String, ByteArrayOutputStream> made) {
            super(files);
            this.made = made;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return made.computeIfAbsent(name, key -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
