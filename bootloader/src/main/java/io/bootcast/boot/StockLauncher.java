package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The JDK's own code behind the {@code java} command ({@code sun.launcher.LauncherHelper}): what it decides and prints is what {@code java} decides and
 * prints in this release and in the user's language. Asked by reflection, and only where a start is out of the ordinary: a manifest that asks for more than a
 * main class, a main method that is not {@code public static void main(String[])}, no main method at all.
 *
 * <p>The wrapper exports {@code jdk.internal.access}; by its {@code JavaLangAccess.addOpens} each package that is needed is opened to Bootcast's own module alone.
 */
final class StockLauncher {
    /** The release that renumbered the launcher's messages, and searches main with {@code MethodFinder}. */
    private static final int INSTANCE_MAIN = 25;

    private static final String MODULES = "jdk.internal.module.Modules";
    private static final int MODE_CLASS = 1;
    private static final int MODE_JAR = 2;

    private final Class<?> helper;

    StockLauncher() {
        open("sun.launcher");
        helper = type("sun.launcher.LauncherHelper");
        call(helper, "initOutput", new Class<?>[] {boolean.class}, true /* to standard error */);
    }

    private static boolean hasInstanceMain() {
        return Runtime.version().feature() >= INSTANCE_MAIN;
    }

    /** Opens {@code packageName} of {@code module} to Bootcast, and to nobody else. */
    static void open(Module module, String packageName) {
        Object access = call(type("jdk.internal.access.SharedSecrets"), "getJavaLangAccess", new Class<?>[0]);
        try {
            type("jdk.internal.access.JavaLangAccess")
                    .getMethod("addOpens", Module.class, String.class, Module.class)
                    .invoke(access, module, packageName, StockLauncher.class.getModule());
        } catch (ReflectiveOperationException e) {
            throw unknown(e);
        }
    }

    private static void open(String packageName) {
        open(Object.class.getModule(), packageName);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw unknown(e);
        }
    }

    /** Calls a static method; throws what it throws if that is unchecked. */
    private static Object call(Class<?> owner, String name, Class<?>[] types, Object... arguments) {
        try {
            Method method = owner.getDeclaredMethod(name, types);
            method.setAccessible(true);
            return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            if (e.getCause() instanceof Error) {
                throw (Error) e.getCause();
            }
            throw unknown(e.getCause());
        } catch (NoSuchMethodException | IllegalAccessException | InaccessibleObjectException e) {
            throw unknown(e);
        }
    }

    private static BootcastException unknown(Throwable cause) {
        return new BootcastException(
                Fault.INSTALLATION,
                "cannot ask the launcher of this JDK: java.version=" + System.getProperty("java.version") + " reason="
                        + cause + "; start with scripts/bootcast, or with plain java",
                cause);
    }

    /** Prints the launcher's message {@code key} and ends the process as the launcher does. */
    Error stop(Throwable cause, String key, Object... arguments) {
        Class<?>[] types = {Throwable.class, String.class, Object[].class};
        call(helper, "abort", types, cause, key, arguments);
        return new AssertionError("exit returned");
    }

    /** As {@link #stop}, for a main class that cannot be loaded. */
    Error stopWithoutMainClass(String name, Throwable why) {
        if (why instanceof ClassNotFoundException || why instanceof NoClassDefFoundError) {
            return stop(why, "java.launcher.cls.error1", name, why.getClass().getCanonicalName(), why.getMessage());
        }
        String key = hasInstanceMain() ? "java.launcher.cls.error4" : "java.launcher.cls.error6";
        return stop(why, key, name, why.getClass().getName() + ": " + why.getLocalizedMessage());
    }

    /** Exports or opens packages to all unnamed modules, as {@code Add-Exports} and {@code Add-Opens} of a manifest ask for it. */
    void addExportsOrOpens(String value, boolean open) {
        call(helper, "addExportsOrOpens", new Class<?>[] {String.class, boolean.class}, value, open);
    }

    /** {@code Enable-Native-Access} of a manifest. */
    void enableNativeAccess(String value) {
        if (!value.equals("ALL-UNNAMED")) {
            throw stop(null, "java.launcher.jar.error.illegal.ena.value", value);
        }
        open("jdk.internal.module");
        call(type(MODULES), "addEnableNativeAccessToAllUnnamed", new Class<?>[0]);
    }

    /** Starts the agent that {@code Launcher-Agent-Class} of the jar {@code file} names, a class of the system class loader. */
    void startAgent(String file, String jar) {
        try {
            Class<?> type = type("sun.instrument.InstrumentationImpl");
            open(type.getModule(), type.getPackageName());
            call(type, "loadAgent", new Class<?>[] {String.class}, file);
        } catch (RuntimeException | Error e) {
            throw stop(e, "java.launcher.jar.error4", jar);
        }
    }

    /** The class that starts JavaFX's application {@code what}, a class or a jar; stops where there is no JavaFX. */
    Class<?> javaFxStarter(String what, boolean isJar) {
        Class<?> starter = type("sun.launcher.LauncherHelper$FXHelper");
        Class<?>[] types = {String.class, int.class};
        call(starter, "setFXLaunchParameters", types, what, isJar ? MODE_JAR : MODE_CLASS);
        return starter;
    }

    /** The method that {@code java} would run; stops where there is none. */
    Method mainOf(Class<?> type) {
        Class<?>[] types = {Class.class};
        if (hasInstanceMain()) {
            call(helper, "validateMainMethod", types, type);
            open("jdk.internal.misc");
            return (Method) call(type("jdk.internal.misc.MethodFinder"), "findMainMethod", types, type);
        }
        call(helper, "validateMainClass", types, type);
        try {
            return type.getMethod("main", String[].class);
        } catch (NoSuchMethodException e) {
            throw unknown(e);
        }
    }
}
