package io.bootcast.build.reach;

import io.bootcast.build.reach.ClassFacts.Method;
import io.bootcast.build.reach.ClassFacts.Step;
import io.bootcast.build.reach.ClassFacts.Use;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.Type;

/** Class files to {@link ClassFacts}. */
final class FactsReader extends ClassVisitor {
    private final Optional<Names> names;
    private final Map<String, Method> methods = new LinkedHashMap<>();
    private final Set<Use> verified = new LinkedHashSet<>();
    private final Set<String> annotations = new LinkedHashSet<>();
    private final Set<String> signatures = new LinkedHashSet<>();
    private String name = "";
    private String superName = "";
    private List<String> interfaces = List.of();
    private int access;
    private boolean isOld;

    /**
     * @param names what strings could mean; without them, no code is read
     */
    private FactsReader(Optional<Names> names) {
        super(Opcodes.ASM9);
        this.names = names;
    }

    /**
     * All facts. Fails with some unchecked exception if the class file is damaged or too new.
     *
     * @param names what string constants could mean
     */
    static ClassFacts all(byte[] classFile, Names names) {
        FactsReader reader = new FactsReader(Optional.of(names));
        new ClassReader(classFile).accept(reader, ClassReader.EXPAND_FRAMES);
        return reader.facts();
    }

    /** Supertypes and methods without their code. */
    static ClassFacts declarations(byte[] classFile) {
        FactsReader reader = new FactsReader(Optional.empty());
        new ClassReader(classFile)
                .accept(reader, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return reader.facts();
    }

    private ClassFacts facts() {
        return new ClassFacts(
                name,
                superName,
                interfaces,
                access,
                methods,
                List.copyOf(verified),
                List.copyOf(annotations),
                List.copyOf(signatures));
    }

    @Override
    public void visit(
            int version,
            int flags,
            String internalName,
            @Nullable String signature,
            @Nullable String superClass,
            String @Nullable [] superInterfaces) {
        name = internalName;
        isOld = (version & 0xFFFF) < Opcodes.V1_6;
        access = flags;
        superName = superClass == null ? "" : superClass;
        interfaces = superInterfaces == null ? List.of() : List.of(superInterfaces);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int flags, String method, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        if (names.isEmpty()) {
            keep(method + descriptor, flags, false, List.of());
            return null;
        }
        addTypes(signatures, Type.getMethodType(descriptor));
        StepsReader reader = new StepsReader(names.get(), annotations) {
            @Override
            public void visitEnd() {
                keep(method + descriptor, flags, isAnnotated(), steps());
            }
        };
        return isOld ? reader : new VerifierLoads(name, flags, method, descriptor, reader, verified);
    }

    private void keep(String key, int flags, boolean annotated, List<Step> steps) {
        methods.put(key, new Method(key, flags, annotated, steps));
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int flags, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
        if (names.isEmpty()) {
            return null;
        }
        addTypes(signatures, Type.getType(descriptor));
        return new FieldVisitor(Opcodes.ASM9) {
            @Override
            public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
                return AnnotationTypes.reader(type, visible, annotations);
            }
        };
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return AnnotationTypes.reader(type, visible, annotations);
    }

    @Override
    public @Nullable RecordComponentVisitor visitRecordComponent(
            String component, String descriptor, @Nullable String signature) {
        addTypes(signatures, Type.getType(descriptor));
        return null;
    }

    /** Adds the classes in {@code type}: itself, its element type, or those of a method's parameters and result. */
    static void addTypes(Set<String> to, Type type) {
        switch (type.getSort()) {
            case Type.METHOD -> {
                addTypes(to, type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    addTypes(to, argument);
                }
            }
            case Type.ARRAY -> addTypes(to, type.getElementType());
            case Type.OBJECT -> to.add(type.getInternalName());
            default -> {
                // A primitive type has no class file.
            }
        }
    }
}
