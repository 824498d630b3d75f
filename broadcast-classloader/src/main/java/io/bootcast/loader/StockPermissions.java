package io.bootcast.loader;

import java.io.FilePermission;
import java.security.Permission;
import java.security.PermissionCollection;
import java.security.Permissions;
import java.util.Enumeration;

/**
 * What the application class loader grants to the classes of an element: to read the element, and to end the JVM. Put together when somebody asks; without a
 * security manager nobody does, and each permission class that is woken costs every rank.
 */
final class StockPermissions extends PermissionCollection {
    private static final long serialVersionUID = 1;

    private final String path;

    /** @param path the element's file, or all that is below its directory, in the form of {@code FilePermission} */
    StockPermissions(String path) {
        this.path = path;
    }

    /** What every class may do, wherever it comes from. */
    static Permission exit() {
        return new RuntimePermission("exitVM");
    }

    private Permissions all() {
        Permissions all = new Permissions();
        all.add(new FilePermission(path, "read"));
        all.add(exit());
        return all;
    }

    @Override
    public void add(Permission permission) {
        throw new SecurityException("attempt to add a Permission to a readonly PermissionCollection");
    }

    @Override
    public boolean implies(Permission permission) {
        return all().implies(permission);
    }

    @Override
    public Enumeration<Permission> elements() {
        return all().elements();
    }
}
