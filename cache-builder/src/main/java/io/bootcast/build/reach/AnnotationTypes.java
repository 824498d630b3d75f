package io.bootcast.build.reach;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Collects the types of annotations, of annotations in them, and the classes and enums that are their values. */
final class AnnotationTypes extends AnnotationVisitor {
    private final Set<String> types;

    private AnnotationTypes(Set<String> types) {
        super(Opcodes.ASM9);
        this.types = types;
    }

    /** Notes {@code descriptor} and what is in the annotation; ignores one that the run-time does not see. */
    static @Nullable AnnotationVisitor reader(String descriptor, boolean visible, Set<String> types) {
        if (!visible) {
            return null;
        }
        FactsReader.addTypes(types, Type.getType(descriptor));
        return new AnnotationTypes(types);
    }

    @Override
    public void visit(@Nullable String name, Object value) {
        if (value instanceof Type type) {
            FactsReader.addTypes(types, type);
        }
    }

    @Override
    public void visitEnum(@Nullable String name, String descriptor, String value) {
        FactsReader.addTypes(types, Type.getType(descriptor));
    }

    @Override
    public AnnotationVisitor visitAnnotation(@Nullable String name, String descriptor) {
        FactsReader.addTypes(types, Type.getType(descriptor));
        return this;
    }

    @Override
    public AnnotationVisitor visitArray(@Nullable String name) {
        return this;
    }
}
