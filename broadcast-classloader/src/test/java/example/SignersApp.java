package example;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

/** Prints who signed the classes that its arguments name. */
public final class SignersApp {
    private SignersApp() {}

    public static void main(String[] args) {
        for (String name : args) {
            System.out.println(name + " " + signers(name));
        }
    }

    private static String signers(String name) {
        try {
            Class<?> type = Class.forName(name);
            Certificate[] certificates =
                    type.getProtectionDomain().getCodeSource().getCertificates();
            StringBuilder said = new StringBuilder();
            for (int i = 0; certificates != null && i < certificates.length; i++) {
                said.append(((X509Certificate) certificates[i]).getSubjectX500Principal())
                        .append(' ');
            }
            return said + "" + type.getProtectionDomain().getCodeSource().getLocation() + " "
                    + type.getPackage().getImplementationTitle();
        } catch (ClassNotFoundException | SecurityException | LinkageError e) {
            return e.toString();
        }
    }
}
