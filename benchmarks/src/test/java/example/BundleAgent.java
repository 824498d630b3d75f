package example;

/** An agent that does nothing: that there is one decides which class-data archive fits. */
public final class BundleAgent {
    private BundleAgent() {}

    /** Called before the application's main method. */
    public static void premain(String arguments) {}
}
