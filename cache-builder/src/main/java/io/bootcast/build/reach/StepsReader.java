package io.bootcast.build.reach;

import io.bootcast.build.reach.ClassFacts.Step;
import io.bootcast.build.reach.ClassFacts.What;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Collects what the code of one method needs, in one pass. An instruction is in a branch while a jump forward past it is pending. What lies between the last label or jump and a {@code throw},
 * and what lies in an exception handler, happens on failure.
 */
class StepsReader extends MethodVisitor {
    /** Annotations, {@code Deprecated} above all, for which nobody calls a method. */
    private static final String OF_THE_LANGUAGE = "Ljava/lang/";

    private final Names names;
    private final Set<String> annotations;
    private final StepList steps = new StepList();
    private final Set<Label> handlers = new HashSet<>();
    private boolean inHandler;
    private boolean annotated;
    private String lastClassName = "";

    /** Adds the types of annotations to {@code annotations}. */
    StepsReader(Names names, Set<String> annotations) {
        super(Opcodes.ASM9);
        this.names = names;
        this.annotations = annotations;
    }

    /** What was collected, after the end of the method. */
    List<Step> steps() {
        return steps.finish();
    }

    boolean isAnnotated() {
        return annotated;
    }

    private void add(What what, String owner, String key) {
        if (!owner.startsWith("[")) {
            steps.add(what, owner, key, inHandler);
            return;
        }
        Type element = Type.getObjectType(owner).getElementType();
        if (element.getSort() == Type.OBJECT && what == What.TYPE) { // else clone() of an array
            steps.add(what, element.getInternalName(), "", inHandler);
        }
    }

    private void endBlock() {
        steps.endBlock();
        lastClassName = "";
    }

    @Override
    public void visitLabel(Label label) {
        steps.label(label);
        if (handlers.contains(label)) {
            inHandler = true;
        }
    }

    @Override
    public void visitFrame(
            int type, int localCount, Object @Nullable [] local, int stackCount, Object @Nullable [] stack) {
        endBlock();
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        handlers.add(handler);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        steps.jump(List.of(label));
        if (opcode == Opcodes.GOTO) {
            inHandler = false;
        }
        endBlock();
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
        visitLookupSwitchInsn(dflt, new int[0], labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
        List<Label> targets = new ArrayList<>(List.of(labels));
        targets.add(dflt);
        steps.jump(targets);
        endBlock();
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.ATHROW) {
            steps.blockFails();
        }
        if (opcode == Opcodes.ATHROW || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            inHandler = false;
            endBlock();
        }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        add(opcode == Opcodes.NEW ? What.NEW : What.TYPE, type, "");
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        add(What.TYPE, descriptor, "");
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
        add(isStatic ? What.STATIC : What.FIELD, owner, "");
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (!lastClassName.isEmpty() && isLookup(owner, name)) {
            add(What.FOR_NAME, lastClassName, "");
        }
        What what =
                switch (opcode) {
                    case Opcodes.INVOKESTATIC -> What.STATIC;
                    case Opcodes.INVOKESPECIAL -> What.SPECIAL;
                    default -> What.VIRTUAL;
                };
        add(what, owner, name + descriptor);
    }

    private static boolean isLookup(String owner, String name) {
        return owner.equals("java/lang/Class") && name.equals("forName") || name.equals("loadClass");
    }

    @Override
    public void visitLdcInsn(Object value) {
        constant(value, What.CLASS);
    }

    /**
     * @param ofClass what a class constant is evidence for
     */
    private void constant(Object value, What ofClass) {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Type type) {
            types(type.getSort() == Type.METHOD ? What.CALL_SITE : ofClass, type);
        } else if (value instanceof Handle handle) {
            handle(handle);
        } else if (value instanceof ConstantDynamic dynamic) {
            handle(dynamic.getBootstrapMethod());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                constant(dynamic.getBootstrapMethodArgument(i), ofClass);
            }
        }
    }

    private void text(String text) {
        String file = text.startsWith("/") ? text.substring(1) : text;
        if (names.isClass(Names.internal(text))) {
            lastClassName = Names.internal(text);
            add(What.STRING, lastClassName, "");
        } else if (names.isFile(file)) {
            add(What.RESOURCE, file, "");
        }
    }

    private void types(What what, Type type) {
        Set<String> types = new LinkedHashSet<>();
        FactsReader.addTypes(types, type);
        types.forEach(name -> add(what, name, ""));
    }

    private void handle(Handle handle) {
        String owner = handle.getOwner();
        String key = handle.getName() + handle.getDesc();
        switch (handle.getTag()) {
            case Opcodes.H_INVOKEVIRTUAL, Opcodes.H_INVOKEINTERFACE -> add(What.VIRTUAL, owner, key);
            case Opcodes.H_INVOKESPECIAL -> add(What.SPECIAL, owner, key);
            case Opcodes.H_INVOKESTATIC -> add(What.STATIC, owner, key);
            case Opcodes.H_NEWINVOKESPECIAL -> {
                add(What.NEW, owner, "");
                add(What.SPECIAL, owner, key);
            }
            case Opcodes.H_GETSTATIC, Opcodes.H_PUTSTATIC -> add(What.STATIC, owner, "");
            default -> add(What.CALL_SITE, owner, "");
        }
        types(What.CALL_SITE, Type.getType(handle.getDesc()));
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        handle(bootstrap);
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            types(What.CALL_SITE, argument);
        }
        types(What.LAMBDA, Type.getReturnType(descriptor));
        for (Object argument : arguments) {
            constant(argument, What.CALL_SITE);
        }
        lastClassName = "";
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        annotated |= visible && !type.startsWith(OF_THE_LANGUAGE);
        return AnnotationTypes.reader(type, visible, annotations);
    }
}
