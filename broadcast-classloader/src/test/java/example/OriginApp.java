package example;

import java.security.Permission;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.TreeSet;

/** Prints what the protection domains of the classes that its arguments name are made of. */
public final class OriginApp {
    private OriginApp() {}

    public static void main(String[] args) throws ClassNotFoundException {
        for (String name : args) {
            Class<?> type = Class.forName(name);
            ProtectionDomain domain = type.getProtectionDomain();
            TreeSet<String> granted = new TreeSet<>();
            for (Permission permission :
                    Collections.list(domain.getPermissions().elements())) {
                granted.add(permission.toString());
            }
            System.out.println(name + " " + domain.getCodeSource().getLocation() + " " + granted + " principals "
                    + domain.getPrincipals().length + " its loader "
                    + (domain.getClassLoader() == type.getClassLoader()));
        }
    }
}
