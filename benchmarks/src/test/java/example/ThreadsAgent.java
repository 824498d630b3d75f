package example;

/** An agent whose class the application finds where the JVM puts agents: at the end of the class path. */
public final class ThreadsAgent {
    private ThreadsAgent() {}

    /** Does nothing. */
    public static void premain(String arguments) {}

    /** Says whether the application sees this class once: the loader that the agent was loaded by. */
    public static final class App {
        private App() {}

        public static void main(String[] arguments) throws Exception {
            Class<?> agent = Class.forName("example.ThreadsAgent");
            Class<?> bySystem = ClassLoader.getSystemClassLoader().loadClass("example.ThreadsAgent");
            System.out.println(agent.getName() + " once=" + (agent == bySystem));
            try {
                Class.forName("example.Absent");
            } catch (ClassNotFoundException e) {
                System.out.println(e);
            }
        }
    }
}
