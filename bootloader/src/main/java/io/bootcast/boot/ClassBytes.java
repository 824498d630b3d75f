package io.bootcast.boot;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the few small classes that Bootcast makes while it starts. Knows constants, fields and methods without branches, so that no stack maps are
 * needed; whoever calls it writes the instructions. Class file format: JVMS 4, version 52. For one thread.
 */
final class ClassBytes {
    static final int ACC_PUBLIC = 0x0001;
    static final int ACC_STATIC = 0x0008;

    /** Instructions that more than one class needs. */
    static final int DUP = 0x59;

    static final int RETURN = 0xB1;
    static final int INVOKESPECIAL = 0xB7;
    static final int INVOKESTATIC = 0xB8;
    static final int NEW = 0xBB;

    private static final int ACC_FINAL_SUPER_SYNTHETIC = 0x1030;

    private static final int MAGIC = 0xCAFEBABE;
    private static final int VERSION = 52;
    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int CODE_ATTRIBUTE_HEAD_BYTES = 12;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Part constants = new Part();
    private final Part fields = new Part();
    private final Part methods = new Part();
    private final int self;
    private final int parent;
    private final int[] interfaces;

    /** A class {@code name} that extends {@code parent}; all names with slashes. */
    ClassBytes(String name, String parent, String... interfaces) {
        this.self = type(name);
        this.parent = type(parent);
        this.interfaces = new int[interfaces.length];
        for (int i = 0; i < interfaces.length; i++) {
            this.interfaces[i] = type(interfaces[i]);
        }
    }

    private int utf8(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        try {
            constants.out.writeByte(UTF8);
            constants.out.writeUTF(text);
        } catch (IOException e) {
            throw new AssertionError("bytes in memory can be written", e);
        }
        return enter(text);
    }

    private int enter(String key) {
        constants.count++;
        numbers.put(key, constants.count);
        return constants.count;
    }

    /** The number of a constant of two bytes, or four with {@code second} not negative; the blank keeps keys apart from texts. */
    private int constant(int tag, int first, int second) {
        String key = tag + " " + first + " " + second + " constant";
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        constants.u1(tag);
        constants.u2(first);
        if (second >= 0) {
            constants.u2(second);
        }
        return enter(key);
    }

    int type(String name) {
        return constant(CLASS, utf8(name), -1);
    }

    int string(String text) {
        return constant(STRING, utf8(text), -1);
    }

    int field(String owner, String name, String type) {
        return constant(FIELD, type(owner), nameAndType(name, type));
    }

    int method(String owner, String name, String type) {
        return constant(METHOD, type(owner), nameAndType(name, type));
    }

    int interfaceMethod(String owner, String name, String type) {
        return constant(INTERFACE_METHOD, type(owner), nameAndType(name, type));
    }

    private int nameAndType(String name, String type) {
        int nameNumber = utf8(name);
        return constant(NAME_AND_TYPE, nameNumber, utf8(type));
    }

    /** Adds a private field. */
    void addField(String name, String type) {
        fields.count++;
        fields.u2(2);
        fields.u2(utf8(name));
        fields.u2(utf8(type));
        fields.u2(0); // attributes
    }

    /** Adds a method with room for {@code stack} values and {@code locals} variables. */
    void addMethod(int access, String name, String type, int stack, int locals, Code code) {
        methods.count++;
        methods.u2(access);
        methods.u2(utf8(name));
        methods.u2(utf8(type));
        methods.u2(1); // attributes
        methods.u2(utf8("Code"));
        methods.u2(0);
        methods.u2(CODE_ATTRIBUTE_HEAD_BYTES + code.bytes.size());
        methods.u2(stack);
        methods.u2(locals);
        methods.u2(0);
        methods.u2(code.bytes.size());
        methods.add(code);
        methods.u2(0); // handlers
        methods.u2(0); // attributes
    }

    /** The class file; nothing may be added afterwards. */
    byte[] toBytes() {
        Part file = new Part();
        file.u2(MAGIC >>> 16);
        file.u2(MAGIC);
        file.u2(0);
        file.u2(VERSION);
        file.u2(constants.count + 1);
        file.add(constants);
        file.u2(ACC_FINAL_SUPER_SYNTHETIC);
        file.u2(self);
        file.u2(parent);
        file.u2(interfaces.length);
        for (int number : interfaces) {
            file.u2(number);
        }
        file.u2(fields.count);
        file.add(fields);
        file.u2(methods.count);
        file.add(methods);
        file.u2(0); // attributes
        return file.bytes.toByteArray();
    }

    /** Bytes of one part of the file, and how many things they are. */
    private static class Part {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        final DataOutputStream out = new DataOutputStream(bytes);
        int count;

        void u1(int value) {
            bytes.write(value);
        }

        void u2(int value) {
            u1(value >>> 8);
            u1(value);
        }

        void add(Part other) {
            bytes.writeBytes(other.bytes.toByteArray());
        }
    }

    /** Instructions (JVMS 6.5), one after the other. */
    static final class Code extends Part {
        private static final int ALOAD_0 = 0x2A;
        private static final int ACONST_NULL = 0x01;

        /** An instruction without operands. */
        Code op(int opcode) {
            u1(opcode);
            return this;
        }

        /** An instruction with a constant. */
        Code op(int opcode, int constant) {
            u1(opcode);
            u2(constant);
            return this;
        }

        /** {@code invokeinterface} of a method whose arguments, with the receiver, take {@code slots}. */
        Code invokeInterface(int constant, int slots) {
            op(0xB9, constant);
            u1(slots);
            u1(0);
            return this;
        }

        /** Pushes local variable {@code number}, 0 to 3. */
        Code load(int number) {
            return op(ALOAD_0 + number);
        }

        Code pushNull() {
            return op(ACONST_NULL);
        }
    }
}
