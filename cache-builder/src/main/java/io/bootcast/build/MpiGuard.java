package io.bootcast.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes the {@code mpi.jar} that Bootcast and the application share: Open MPI's classes, with {@code mpi.MPI} asking {@code mpi.BootcastGuard}.
 *
 * <ul>
 *   <li>{@code Init} and {@code InitThread} take over an MPI that Bootcast has started, once;
 *   <li>until then {@code isInitialized} is false, and what all other calls ask first, {@code check}, refuses them, in its own words;
 *   <li>{@code queryThread} and {@code isThreadMain} answer as if the application's had been the only {@code Init};
 *   <li>{@code Finalize} waits for the other ranks (Bootcast's own does not: MPI is started so that finalizing does not wait);
 *   <li>{@code System.loadLibrary} falls back to the directory in which the library was when this jar was made: not every JDK looks there.
 * </ul>
 */
public final class MpiGuard {
    private static final String MPI = "mpi/MPI";
    private static final String GUARD = "mpi/BootcastGuard";
    /** Native methods that are flags of the class, too: method to field. */
    private static final Map<String, String> FLAGS = Map.of("isInitialized", "initialized", "isFinalized", "finalized");

    private static final long FIXED_TIME_MILLIS = 1_767_225_600_000L;

    private MpiGuard() {}

    /** {@code MpiGuard mpi.jar guarded.jar [directory of libmpi_java]}. */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[1]);
        Files.createDirectories(target.toAbsolutePath().getParent());
        Path temporary = target.resolveSibling(target.getFileName() + ".new");
        guard(Path.of(args[0]), temporary, args.length > 2 ? args[2] : MpiLibraryPath.find());
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes a guarded copy of {@code source} to {@code target}; the same jar gives the same bytes. */
    static void guard(Path source, Path target, String libraryDirectory) throws IOException {
        boolean found = false;
        try (JarFile jar = new JarFile(source.toFile());
                OutputStream file = Files.newOutputStream(target);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTime(FIXED_TIME_MILLIS);
                out.putNextEntry(copy);
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    found |= entry.getName().equals(MPI + ".class");
                    out.write(entry.getName().endsWith(".class") ? guard(bytes, libraryDirectory) : bytes);
                }
            }
        }
        if (!found) {
            throw new IOException("no Java bindings of MPI: jar=" + source + " expected an entry " + MPI + ".class");
        }
    }

    static byte[] guard(byte[] classFile, String libraryDirectory) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        boolean isMpi = reader.getClassName().equals(MPI);
        reader.accept(new GuardedClass(writer, isMpi, libraryDirectory), 0);
        return writer.toByteArray();
    }

    private static final class GuardedClass extends ClassVisitor {
        private final boolean isMpi;
        private final String libraryDirectory;

        GuardedClass(ClassVisitor next, boolean isMpi, String libraryDirectory) {
            super(Opcodes.ASM9, next);
            this.isMpi = isMpi;
            this.libraryDirectory = libraryDirectory;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            String flag = !isMpi ? null : FLAGS.get(name);
            if (flag != null) {
                writeFlag(
                        super.visitMethod(access & ~Opcodes.ACC_NATIVE, name, descriptor, signature, exceptions), flag);
                return null;
            }
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new GuardedMethod(method, isMpi ? name : "", libraryDirectory);
        }

        /** The native method would tell the truth; the class's own flag is set by the same calls, and can be hidden. */
        private static void writeFlag(MethodVisitor method, String flag) {
            method.visitCode();
            method.visitFieldInsn(Opcodes.GETSTATIC, MPI, flag, "Z");
            method.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "seen", "(Z)Z", false);
            method.visitInsn(Opcodes.IRETURN);
            method.visitMaxs(0, 0);
            method.visitEnd();
        }
    }

    private static final class GuardedMethod extends MethodVisitor {
        private final String name;
        private final String libraryDirectory;

        GuardedMethod(MethodVisitor next, String name, String libraryDirectory) {
            super(Opcodes.ASM9, next);
            this.name = name;
            this.libraryDirectory = libraryDirectory;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            switch (name) {
                case "Init" -> adopt(false);
                case "InitThread" -> adopt(true);
                case "Finalize" -> visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "beforeFinalize", "()V", false);
                default -> {
                    // Not guarded.
                }
            }
        }

        /** {@code if (BootcastGuard.adopt()) return …}: the arguments, or the level of thread support that there is for what was asked. */
        private void adopt(boolean withLevel) {
            Label notOurs = new Label();
            if (withLevel) {
                visitVarInsn(Opcodes.ILOAD, 1);
            }
            visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "adopt", withLevel ? "(I)Z" : "()Z", false);
            visitJumpInsn(Opcodes.IFEQ, notOurs);
            if (withLevel) {
                visitVarInsn(Opcodes.ILOAD, 1);
                visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "level", "(I)I", false);
                visitInsn(Opcodes.IRETURN);
            } else {
                visitVarInsn(Opcodes.ALOAD, 0);
                visitInsn(Opcodes.ARETURN);
            }
            visitLabel(notOurs);
            visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            super.visitFieldInsn(opcode, owner, field, descriptor);
            if (name.equals("check") && field.equals("initialized")) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "seen", "(Z)Z", false);
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.IRETURN && name.equals("queryThread")) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "level", "(I)I", false);
            } else if (opcode == Opcodes.IRETURN && name.equals("isThreadMain")) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "threadMain", "(Z)Z", false);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
            if (owner.equals("java/lang/System") && method.equals("loadLibrary")) {
                super.visitLdcInsn(libraryDirectory);
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, GUARD, "loadLibrary", "(Ljava/lang/String;Ljava/lang/String;)V", false);
            } else {
                super.visitMethodInsn(opcode, owner, method, descriptor, isInterface);
            }
        }
    }
}
