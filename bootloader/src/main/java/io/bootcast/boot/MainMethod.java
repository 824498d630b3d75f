package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Which method of a class {@code java} would run, and that method run by reflection. From release 25 on (JEP 512) main may also be an instance
 * method, have no parameter, and be anything but private.
 */
final class MainMethod {
    private static final int FIRST_WITH_INSTANCE_MAIN = 25;

    private MainMethod() {}

    /** The main method of {@code type}; the message of a {@code NO_MAIN} is what the launcher prints. */
    static Method find(Class<?> type) {
        boolean newKinds = Runtime.version().feature() >= FIRST_WITH_INSTANCE_MAIN;
        String name = type.getName();
        try {
            Method main = type.getMethod("main", String[].class);
            if (isOrdinary(main)) {
                return main;
            }
            if (!newKinds && !Modifier.isStatic(main.getModifiers())) {
                throw none("Main method is not static in class " + name
                        + ", please define the main method as:\n   public static void main(String[] args)");
            }
            if (!newKinds) {
                throw none("Main method must return a value of type void in class " + name
                        + ", please \ndefine the main method as:\n   public static void main(String[] args)");
            }
        } catch (NoSuchMethodException e) {
            if (!newKinds) {
                throw notFound(name);
            }
        } catch (LinkageError e) {
            throw none("Unable to initialize main class " + name + "\nCaused by: " + e);
        }
        return NewKind.find(type);
    }

    /** True for {@code public static void main(String[])}. */
    static boolean isOrdinary(Method main) {
        return main.getParameterCount() == 1
                && Modifier.isStatic(main.getModifiers())
                && Modifier.isPublic(main.getModifiers())
                && main.getReturnType() == void.class;
    }

    private static BootcastException none(String problem) {
        return new BootcastException(Fault.NO_MAIN, "Error: " + problem);
    }

    private static BootcastException notFound(String name) {
        return none("Main method not found in class " + name
                + ", please define the main method as:\n   public static void main(String[] args)\n"
                + "or a JavaFX application class must extend javafx.application.Application");
    }

    /** Runs {@code main} of {@code type}; throws what it throws. */
    static void call(Class<?> type, Method main, String[] arguments) throws Throwable {
        main.setAccessible(true);
        try {
            Object target = Modifier.isStatic(main.getModifiers()) ? null : NewKind.instance(type);
            if (main.getParameterCount() == 0) {
                main.invoke(target);
            } else {
                main.invoke(target, (Object) arguments);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** A class of its own: loaded only where it is used. */
    private static final class NewKind {
        static Method find(Class<?> type) {
            Method main = declared(type, String[].class);
            main = main == null ? declared(type) : main;
            if (main == null) {
                throw notFound(type.getName());
            }
            if (!Modifier.isStatic(main.getModifiers())) {
                checkConstructor(type);
            }
            return main;
        }

        private static Method declared(Class<?> type, Class<?>... parameters) {
            for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
                try {
                    Method main = owner.getDeclaredMethod("main", parameters);
                    if (!Modifier.isPrivate(main.getModifiers()) && main.getReturnType() == void.class) {
                        return main;
                    }
                } catch (NoSuchMethodException e) {
                    // The superclass may have it.
                }
            }
            return null;
        }

        private static void checkConstructor(Class<?> type) {
            if (Modifier.isAbstract(type.getModifiers())) {
                throw none(
                        "abstract class " + type.getName() + " can not be instantiated\nplease use a concrete class");
            }
            try {
                if (!Modifier.isPrivate(type.getDeclaredConstructor().getModifiers())) {
                    return;
                }
            } catch (NoSuchMethodException e) {
                // Said below.
            }
            throw none("no non-private zero argument constructor found in class " + type.getName()
                    + "\nremove private from existing constructor or define as:\n   public "
                    + type.getSimpleName() + "()");
        }

        static Object instance(Class<?> type) throws ReflectiveOperationException {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        }
    }
}
