package io.bootcast.build.reach;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
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

/** A class path in memory: Java sources, compiled, and files, all in the element {@code test.jar}. */
final class ReachTestClasses {
    private static final String ELEMENT = "test.jar";

    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<String> gone = new ArrayList<>();
    private final Map<String, byte[]> compiled = new TreeMap<>();

    /** Adds the top-level types of {@code source}, which is in package {@code p}. */
    ReachTestClasses add(String source) {
        sources.put("Source" + sources.size(), "package p;\n" + source);
        return this;
    }

    ReachTestClasses file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    ReachTestClasses file(String name, byte[] bytes) {
        files.put(name, bytes);
        return this;
    }

    /** Takes the class {@code p.NAME} away after all has been compiled. */
    ReachTestClasses without(String name) {
        gone.add("p/" + name + ".class");
        return this;
    }

    /** What is reached from {@code p.Main}. */
    Reachability reach() {
        return Analysis.of(entries(), List.of("p.Main"), List.of());
    }

    /** How {@code p.NAME} is reached from {@code p.Main}; empty if it is not. */
    String why(String name) {
        return reach().find("p." + name).map(Reached::describe).orElse("");
    }

    Entries entries() {
        Map<String, byte[]> all = new TreeMap<>(compile());
        all.putAll(files);
        all.keySet().removeAll(gone);
        return new Entries() {
            @Override
            public Collection<String> names() {
                return all.keySet();
            }

            @Override
            public List<Place> find(String name) {
                byte[] bytes = all.get(name);
                return bytes == null ? List.of() : List.of(new MemoryPlace(bytes));
            }
        };
    }

    private record MemoryPlace(byte[] bytes) implements Entries.Place {
        @Override
        public String element() {
            return ELEMENT;
        }

        @Override
        public byte[] read() throws IOException {
            if (bytes.length == 0) {
                throw new IOException("cannot be read");
            }
            return bytes;
        }
    }

    /** Class files by entry name, made once. */
    Map<String, byte[]> compile() {
        if (!compiled.isEmpty()) {
            return compiled;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, source) -> units.add(new Source(name, source)));
        Map<String, ByteArrayOutputStream> made = new TreeMap<>();
        JavaFileManager memory = new Memory(compiler.getStandardFileManager(null, null, null), made);
        List<String> options = List.of("-proc:none", "-nowarn");
        if (!compiler.getTask(null, memory, null, options, null, units).call()) {
            throw new AssertionError("the test's sources do not compile");
        }
        made.forEach((name, bytes) -> compiled.put(name.replace('.', '/') + ".class", bytes.toByteArray()));
        return compiled;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String source;

        Source(String name, String source) {
            super(URI.create("string:///p/" + name + ".java"), Kind.SOURCE);
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
