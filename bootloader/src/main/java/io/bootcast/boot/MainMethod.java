package io.bootcast.boot;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** The method of a class that {@code java} would run. */
final class MainMethod {
    private final Class<?> type;
    private final Method main;

    private MainMethod(Class<?> type, Method main) {
        this.type = type;
        this.main = main;
    }

    /** The main method of {@code type}; ends the process with the launcher's message where there is none. */
    static MainMethod of(Class<?> type) {
        MainMethod usual = usual(type);
        return usual == null ? new MainMethod(type, new StockLauncher().mainOf(type)) : usual;
    }

    private static MainMethod usual(Class<?> type) {
        try {
            MainMethod found = new MainMethod(type, type.getMethod("main", String[].class));
            return found.isUsual() ? found : null;
        } catch (NoSuchMethodException | LinkageError e) {
            // The launcher knows other kinds of main, and what to say.
            return null;
        }
    }

    /** True for {@code public static void main(String[])}. */
    boolean isUsual() {
        return main.getParameterCount() == 1
                && Modifier.isPublic(main.getModifiers())
                && Modifier.isStatic(main.getModifiers())
                && main.getReturnType() == void.class;
    }

    /** The main class, which may have inherited it. */
    Class<?> type() {
        return type;
    }

    /** The class or interface that declares it. */
    Class<?> owner() {
        return main.getDeclaringClass();
    }

    /** Runs it by reflection; throws what it throws. */
    void call(String[] arguments) throws Throwable {
        reach(owner());
        reach(type);
        main.setAccessible(true);
        try {
            Object target = Modifier.isStatic(main.getModifiers()) ? null : instance();
            if (main.getParameterCount() == 0) {
                main.invoke(target);
            } else {
                main.invoke(target, (Object) arguments);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The launcher runs main by JNI, which asks for no access: a class of the JDK may be in a package that is not exported. */
    private static void reach(Class<?> owner) {
        if (owner.getModule().isNamed()) {
            StockLauncher.open(owner.getModule(), owner.getPackageName());
        }
    }

    private Object instance() throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }
}
