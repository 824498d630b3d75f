package io.bootcast.boot;

import io.bootcast.loader.BroadcastClassLoader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Calls a main method without reflection: the first reflective call of a JVM 25 loads 250 classes and takes 8 ms, because it is made of method
 * handles. Instead, a class of a few bytes is made beside the main class, which says what a launcher in Java would say:
 *
 * <pre>
 * final class Main$$BootcastEntry extends Entry {
 *     static { Entry.announce(new Main$$BootcastEntry()); }
 *     public void run(String[] args) { Main.main(args); }
 * }
 * </pre>
 *
 * Class file format: JVMS 4; version 52, no branches, so no stack maps.
 */
public abstract class Entry {
    static final String SUFFIX = "$$BootcastEntry";

    private static final int MAGIC = 0xCAFEBABE;
    private static final int VERSION = 52;
    private static final int ACC_PUBLIC = 1;
    private static final int ACC_STATIC = 8;
    private static final int ACC_FINAL_SUPER_SYNTHETIC = 0x1030;
    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;

    /** Numbers of constants, in the order in which {@link #classFile} writes them. */
    private static final int THIS = 2;

    private static final int SUPER = 4;
    private static final int INIT = 5;
    private static final int NO_ARGUMENTS = 6;
    private static final int SUPER_INIT = 8;
    private static final int RUN = 9;
    private static final int MAIN_TYPE = 10;
    private static final int MAIN = 15;
    private static final int CLINIT = 16;
    private static final int ANNOUNCE = 20;
    private static final int CODE = 21;
    private static final int THIS_INIT = 22;
    private static final int CONSTANT_COUNT = 23;

    /** The entry that its own class has just made: the only way to an instance that needs no reflection. Written and read under the class's lock. */
    private static Entry announced;

    /** For the classes that are made. */
    protected Entry() {}

    /** For the classes that are made. */
    protected static synchronized void announce(Entry entry) {
        announced = entry;
    }

    private static synchronized Entry takeAnnounced() {
        Entry entry = announced;
        announced = null;
        return entry;
    }

    /** Calls the main method. */
    public abstract void run(String[] args);

    /**
     * An entry to {@code public static void main(String[])} of {@code type}.
     *
     * @throws LinkageError or {@link SecurityException} if no class can be added to its package, for example because it is signed
     */
    static Entry to(Class<?> type, BroadcastClassLoader loader) {
        String name = type.getName() + SUFFIX;
        Class<?> made = loader.defineNextTo(type, name, classFile(type, name.replace('.', '/')));
        try {
            Class.forName(made.getName(), /* initialize= */ true, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("a class that was just defined exists: " + name, e);
        }
        return takeAnnounced();
    }

    private static byte[] classFile(Class<?> main, String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeShort(CONSTANT_COUNT);
            writeConstants(out, main, name);
            out.writeShort(ACC_FINAL_SUPER_SYNTHETIC);
            out.writeShort(THIS);
            out.writeShort(SUPER);
            out.writeShort(0); // interfaces
            out.writeShort(0); // fields
            out.writeShort(3);
            // aload_0, invokespecial, return
            writeMethod(out, 0, INIT, NO_ARGUMENTS, 1, new int[] {0x2A, 0xB7, 0, SUPER_INIT, 0xB1});
            // aload_1, invokestatic, return
            writeMethod(out, ACC_PUBLIC, RUN, MAIN_TYPE, 2, new int[] {0x2B, 0xB8, 0, MAIN, 0xB1});
            // new, dup, invokespecial, invokestatic, return
            int[] start = {0xBB, 0, THIS, 0x59, 0xB7, 0, THIS_INIT, 0xB8, 0, ANNOUNCE, 0xB1};
            writeMethod(out, ACC_STATIC, CLINIT, NO_ARGUMENTS, 0, start);
            out.writeShort(0); // attributes
        } catch (IOException e) {
            throw new AssertionError("bytes in memory can be written", e);
        }
        return bytes.toByteArray();
    }

    private static void writeConstants(DataOutputStream out, Class<?> main, String name) throws IOException {
        String self = Entry.class.getName().replace('.', '/');
        utf8(out, name);
        number(out, CLASS, 1);
        utf8(out, self);
        number(out, CLASS, 3);
        utf8(out, "<init>");
        utf8(out, "()V");
        numbers(out, NAME_AND_TYPE, INIT, NO_ARGUMENTS);
        numbers(out, METHOD, SUPER, 7);
        utf8(out, "run");
        utf8(out, "([Ljava/lang/String;)V");
        utf8(out, main.getName().replace('.', '/'));
        number(out, CLASS, 11);
        utf8(out, "main");
        numbers(out, NAME_AND_TYPE, 13, MAIN_TYPE);
        numbers(out, main.isInterface() ? INTERFACE_METHOD : METHOD, 12, 14);
        utf8(out, "<clinit>");
        utf8(out, "announce");
        utf8(out, "(L" + self + ";)V");
        numbers(out, NAME_AND_TYPE, 17, 18);
        numbers(out, METHOD, SUPER, 19);
        utf8(out, "Code");
        numbers(out, METHOD, THIS, 7);
    }

    private static void utf8(DataOutputStream out, String text) throws IOException {
        out.writeByte(UTF8);
        out.writeUTF(text);
    }

    private static void number(DataOutputStream out, int tag, int constant) throws IOException {
        out.writeByte(tag);
        out.writeShort(constant);
    }

    private static void numbers(DataOutputStream out, int tag, int first, int second) throws IOException {
        number(out, tag, first);
        out.writeShort(second);
    }

    private static void writeMethod(DataOutputStream out, int access, int name, int type, int locals, int[] code)
            throws IOException {
        out.writeShort(access);
        out.writeShort(name);
        out.writeShort(type);
        out.writeShort(1); // attributes
        out.writeShort(CODE);
        out.writeInt(12 + code.length);
        out.writeShort(2); // stack
        out.writeShort(locals);
        out.writeInt(code.length);
        for (int b : code) {
            out.writeByte(b);
        }
        out.writeShort(0); // handlers
        out.writeShort(0); // attributes
    }
}
