package example;

/** Prints which classes have assertions on, first as the command line says, then as its loader is told. Classes: see the test. */
public final class AssertionsApp {
    private AssertionsApp() {}

    public static void main(String[] args) throws Exception {
        ClassLoader loader = AssertionsApp.class.getClassLoader();
        show("command line", "p.A", "p.A$Inner", "p.B", "p.q.C", "q.D", "Unnamed", "java.lang.Object");
        loader.setDefaultAssertionStatus(true);
        show("default on", "p.A", "later.E");
        loader.setPackageAssertionStatus("later", false);
        show("package off", "later.F", "other.K");
        loader.setClassAssertionStatus("later.G", true);
        show("class on", "later.G", "later.H");
        loader.clearAssertionStatus();
        show("cleared", "later.I", "other.J");
    }

    private static void show(String when, String... names) throws Exception {
        for (String name : names) {
            Class<?> type = Class.forName(name);
            String checked;
            try {
                type.getMethod("check").invoke(null);
                checked = "off";
            } catch (java.lang.reflect.InvocationTargetException e) {
                checked = "on: " + e.getCause();
            } catch (NoSuchMethodException e) {
                checked = "unknown";
            }
            System.out.println(when + ": " + name + " desired=" + type.desiredAssertionStatus() + " " + checked);
        }
    }
}
