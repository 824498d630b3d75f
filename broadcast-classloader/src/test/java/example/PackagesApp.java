package example;

import java.net.URL;

/** Loads the classes that its arguments name, one after the other, and prints their packages' seven facts, or the exception. */
public final class PackagesApp {
    private PackagesApp() {}

    public static void main(String[] args) {
        for (String name : args) {
            System.out.println(name + " " + load(name));
        }
    }

    private static String load(String name) {
        try {
            Class<?> type = Class.forName(name);
            Package made = type.getPackage();
            URL home = type.getProtectionDomain().getCodeSource().getLocation();
            return made.getName() + " " + made.getSpecificationTitle() + " " + made.getSpecificationVersion() + " "
                    + made.getSpecificationVendor() + " " + made.getImplementationTitle() + " "
                    + made.getImplementationVersion() + " " + made.getImplementationVendor() + " sealed="
                    + made.isSealed() + " here=" + made.isSealed(home);
        } catch (ClassNotFoundException | SecurityException e) {
            return e.toString();
        }
    }
}
