package example;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.Arrays;

/** Prints what a transformer is told of the classes of package {@code p}, and makes those that say "before" say "after!". */
public final class RecordingAgent implements ClassFileTransformer {
    /** See {@code java.lang.instrument}. */
    public static void premain(String options, Instrumentation instrumentation) {
        instrumentation.addTransformer(new RecordingAgent());
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        if (name == null || !name.startsWith("p/")) {
            return null;
        }
        boolean context = loader == Thread.currentThread().getContextClassLoader();
        System.out.println("transform " + name + " loader of the context=" + context + " bytes="
                + Arrays.hashCode(classFile) + " from "
                + domain.getCodeSource().getLocation() + " loader of the domain="
                + (domain.getClassLoader() == loader));
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        return text.replace("before", "after!").getBytes(StandardCharsets.ISO_8859_1);
    }
}
