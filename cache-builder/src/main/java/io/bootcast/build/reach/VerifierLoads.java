package io.bootcast.build.reach;

import io.bootcast.build.reach.ClassFacts.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.AnalyzerAdapter;

/**
 * Collects the pairs of types that HotSpot's verifier compares in one method: where a value of class S is used as a T and S is not T, the verifier loads T, and S too unless T is an interface
 * (JVMS 4.10.1.2). It does so for all methods of a class when the class is linked, whichever of them run. Most of what a JVM loads and never uses is loaded for that.
 */
final class VerifierLoads extends AnalyzerAdapter {
    private static final String OBJECT = "java/lang/Object";

    private final Type result;
    private final Set<Use> uses;
    private final Map<Label, Frame> frames = new HashMap<>();
    private final Map<Label, List<Frame>> jumps = new HashMap<>();
    private final Set<Label> here = new HashSet<>();

    private record Frame(List<Object> locals, List<Object> stack) {}

    VerifierLoads(String owner, int access, String name, String descriptor, MethodVisitor next, Set<Use> uses) {
        super(Opcodes.ASM9, owner, access, name, descriptor, next);
        this.result = Type.getReturnType(descriptor);
        this.uses = uses;
    }

    private void assign(@Nullable Object from, Object to) {
        if (!(from instanceof String source) || !(to instanceof String target) || source.equals(target)) {
            return;
        }
        String s = source;
        String t = target;
        while (s.startsWith("[") && t.startsWith("[")) {
            s = element(s);
            t = element(t);
        }
        if (!s.startsWith("[") && !t.startsWith("[") && s.length() > 1 && t.length() > 1 && !t.equals(OBJECT)) {
            uses.add(new Use(s, t));
        }
    }

    private static String element(String array) {
        String element = array.substring(1);
        return element.startsWith("L") ? element.substring(1, element.length() - 1) : element;
    }

    /** The value {@code depth} slots below the top of the stack is used as a {@code target}. */
    private void use(int depth, Type target) {
        if (stack != null && stack.size() > depth && target.getSort() >= Type.ARRAY) {
            assign(stack.get(stack.size() - 1 - depth), target.getInternalName());
        }
    }

    @Override
    public void visitFieldInsn(int opcode, String holder, String name, String descriptor) {
        Type type = Type.getType(descriptor);
        if (opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC) {
            use(0, type);
        }
        if (opcode == Opcodes.GETFIELD || opcode == Opcodes.PUTFIELD) {
            use(opcode == Opcodes.GETFIELD ? 0 : type.getSize(), Type.getObjectType(holder));
        }
        super.visitFieldInsn(opcode, holder, name, descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String holder, String name, String descriptor, boolean isInterface) {
        int depth = useArguments(descriptor);
        if (opcode != Opcodes.INVOKESTATIC) {
            use(depth, Type.getObjectType(holder));
        }
        super.visitMethodInsn(opcode, holder, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        useArguments(descriptor);
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    private int useArguments(String descriptor) {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        int depth = 0;
        for (int i = arguments.length - 1; i >= 0; i--) {
            use(depth + arguments[i].getSize() - 1, arguments[i]);
            depth += arguments[i].getSize();
        }
        return depth;
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.ARETURN) {
            use(0, result);
        } else if (opcode == Opcodes.ATHROW) {
            use(0, Type.getType(Throwable.class));
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        if (type != null) {
            assign(type, "java/lang/Throwable");
        }
        super.visitTryCatchBlock(start, end, handler, type);
    }

    @Override
    public void visitLabel(Label label) {
        here.add(label);
        super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        if (opcode == Opcodes.GOTO) {
            jump(label, 0);
        }
        super.visitJumpInsn(opcode, label);
        if (opcode != Opcodes.GOTO) {
            jump(label, 0);
        }
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
        jumpFromSwitch(dflt, labels);
        super.visitTableSwitchInsn(min, max, dflt, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
        jumpFromSwitch(dflt, labels);
        super.visitLookupSwitchInsn(dflt, keys, labels);
    }

    private void jumpFromSwitch(Label dflt, Label[] labels) {
        jump(dflt, 1);
        for (Label label : labels) {
            jump(label, 1);
        }
    }

    /** With the state that there is now, without {@code operands} on the stack. */
    private void jump(Label label, int operands) {
        if (locals == null) {
            return;
        }
        Frame state = new Frame(new ArrayList<>(locals), new ArrayList<>(stack.subList(0, stack.size() - operands)));
        Frame target = frames.get(label);
        if (target == null) {
            jumps.computeIfAbsent(label, key -> new ArrayList<>()).add(state);
        } else {
            merge(state, target);
        }
    }

    @Override
    public void visitFrame(
            int type, int localCount, Object @Nullable [] local, int stackCount, Object @Nullable [] stackTypes) {
        Frame before = locals == null ? null : new Frame(new ArrayList<>(locals), new ArrayList<>(stack));
        super.visitFrame(type, localCount, local, stackCount, stackTypes);
        Frame frame = new Frame(new ArrayList<>(locals), new ArrayList<>(stack));
        if (before != null) {
            merge(before, frame);
        }
        for (Label label : here) {
            frames.put(label, frame);
            jumps.getOrDefault(label, List.of()).forEach(state -> merge(state, frame));
        }
        here.clear();
    }

    private void merge(Frame from, Frame to) {
        merge(from.locals, to.locals);
        if (from.stack.size() == to.stack.size()) {
            merge(from.stack, to.stack);
        }
    }

    private void merge(List<Object> from, List<Object> to) {
        for (int i = 0; i < Math.min(from.size(), to.size()); i++) {
            assign(from.get(i), to.get(i));
        }
    }
}
