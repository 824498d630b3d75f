package example;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.List;

/**
 * An agent, in a jar of its own, and its program {@link ProcessAgentApp}: its transformer tells what it sees of the program's class {@code Target}, and
 * changes a text in it. Lines that begin with {@code ==} are about what agent and program find of each other.
 */
public final class ProcessAgent {
    private static Instrumentation instrumentation;

    private ProcessAgent() {}

    /** Starts to transform. */
    public static void premain(String options, Instrumentation given) {
        instrumentation = given;
        System.out.println("premain " + options);
        System.out.println("== premain finds the program: " + findsProgram());
        given.addTransformer(new Change(), /* canRetransform= */ true);
    }

    private static boolean findsProgram() {
        try {
            Class.forName("example.ProcessAgentApp", /* initialize= */ false, ClassLoader.getSystemClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** For the program: its class again as it was. */
    public static void undo(Class<?> type) throws Exception {
        System.out.println("modifiable " + instrumentation.isModifiableClass(type));
        System.out.println(
                "loaded " + Arrays.asList(instrumentation.getAllLoadedClasses()).contains(type));
        List<Class<?>> initiated = Arrays.asList(instrumentation.getInitiatedClasses(type.getClassLoader()));
        System.out.println("initiated " + initiated.contains(type) + initiated.contains(String.class));
        Change.isOff = true;
        instrumentation.retransformClasses(type);
    }

    private static final class Change implements ClassFileTransformer {
        private static boolean isOff;

        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
            if (!name.equals("example/ProcessAgentApp$Target")) {
                return null;
            }
            System.out.println("transforms " + name + " " + redefined + " for "
                    + (loader == Thread.currentThread().getContextClassLoader()) + " of "
                    + domain.getCodeSource().getLocation() + " "
                    + (redefined == null || domain == redefined.getProtectionDomain()));
            System.out.println("original bytes " + Arrays.equals(bytes, resource(loader, name + ".class")));
            if (isOff) {
                return null;
            }
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return text.replace("original", "modified").getBytes(StandardCharsets.ISO_8859_1);
        }

        private static byte[] resource(ClassLoader loader, String name) {
            try (InputStream in = loader.getResourceAsStream(name)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
