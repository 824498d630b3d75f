package example;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Prints the providers of a few services, and how looking for them fails. */
public final class ServicesApp {
    private ServicesApp() {}

    public static void main(String[] args) {
        ClassLoader loader = ServicesApp.class.getClassLoader();
        print("context", ServiceLoader.load(Supplier.class));
        print("loader", ServiceLoader.load(Supplier.class, loader));
        print("platform", ServiceLoader.load(Supplier.class, ClassLoader.getPlatformClassLoader()));
        print("installed", ServiceLoader.loadInstalled(Supplier.class));
        print("missing class", ServiceLoader.load(IntSupplier.class));
        print("no subtype", ServiceLoader.load(LongSupplier.class));
        print("bad syntax", ServiceLoader.load(DoubleSupplier.class));
        print("not public", ServiceLoader.load(BooleanSupplier.class));
        print("none", ServiceLoader.load(Runnable.class));
        ServiceLoader<?> again = ServiceLoader.load(Supplier.class);
        print("before reload", again);
        again.reload();
        print("after reload", again);
        again.stream().forEach(provider -> System.out.println("stream " + provider.type()));
    }

    private static void print(String what, ServiceLoader<?> services) {
        Iterator<?> all = services.iterator();
        while (true) {
            try {
                if (!all.hasNext()) {
                    return;
                }
                Object found = all.next();
                System.out.println(what + " " + found.getClass()
                        + (found instanceof Supplier ? " " + ((Supplier<?>) found).get() : ""));
            } catch (ServiceConfigurationError e) {
                System.out.println(what + " " + e + " cause " + e.getCause());
            }
        }
    }
}
