package io.bootcast.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What every rank runs before the application's main wakes no part of the JDK that costs milliseconds at its first use. */
class HotPathTest {
    private static final BuildModule[] MODULES = {BuildModule.CORE, BuildModule.BOOTLOADER};
    private static final JavaClasses CLASSES = BuildModule.imported(MODULES);
    private static final Set<String> FORMATTING = Set.of("format", "formatted");

    /** A lookup alone costs nothing; a method handle does. */
    @Test
    void costlyClassesAreNotUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "java.util.stream..", "java.util.regex..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.invoke\\.(MethodHandle|MethodType|VarHandle)")
                .check(CLASSES);
    }

    @Test
    void stringsAreNotFormatted() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe("formats", HotPathTest::formats))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Formatter")
                .check(CLASSES);
    }

    private static boolean formats(JavaCall<?> call) {
        return FORMATTING.contains(call.getTarget().getName())
                || call.getTarget().getName().equals("printf");
    }

    @Test
    void recordsAreNotDeclared() {
        noClasses().should().beAssignableTo(Record.class).check(CLASSES);
    }

    /** Lambdas, method references, records' methods, concatenation by {@code StringConcatFactory} and pattern switches are all this one instruction. */
    @Test
    void invokedynamicIsAbsent() throws IOException {
        List<String> found = new ArrayList<>();
        int read = 0;
        for (BuildModule module : MODULES) {
            for (Path file : module.classFiles()) {
                new ClassReader(Files.readAllBytes(file))
                        .accept(
                                new DynamicCalls(
                                        module.classes().relativize(file).toString(), found),
                                0);
                read++;
            }
        }

        assertEquals(List.of(), found);
        assertTrue(read > 50, "classes read: " + read);
    }

    /** Notes the methods that have an invokedynamic instruction. */
    private static final class DynamicCalls extends ClassVisitor {
        private final String file;
        private final List<String> found;

        DynamicCalls(String file, List<String> found) {
            super(Opcodes.ASM9);
            this.file = file;
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInvokeDynamicInsn(String called, String form, Handle bootstrap, Object... arguments) {
                    found.add(file + " " + name);
                }
            };
        }
    }
}
