package example;

import java.lang.reflect.Method;

/** The program that {@link ProcessAgent} changes. */
public final class ProcessAgentApp {
    private ProcessAgentApp() {}

    /** Changed by the agent. */
    static final class Target {
        private Target() {}

        static String text() {
            return "original";
        }
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        System.out.println("before: " + Target.text());
        // The agent's jar is on the class path of the JVM, behind the program's.
        Class<?> agent = Class.forName("example.ProcessAgent");
        System.out.println(
                "its domain is " + agent.getProtectionDomain().getCodeSource().getLocation());
        System.out.println("== program finds the agent's file: " + (agent.getResource("/agent.txt") != null));
        System.out.println("== by its own loader: " + (ProcessAgentApp.class.getResource("/agent.txt") != null));
        Method undo = agent.getMethod("undo", Class.class);
        undo.invoke(null, Target.class);
        System.out.println("after: " + Target.text());
    }
}
