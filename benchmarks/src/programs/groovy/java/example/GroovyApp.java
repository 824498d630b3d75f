package example;

import groovy.lang.Binding;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyShell;
import java.net.URISyntaxException;

/** Evaluates a script that uses a compiled class, and has another class compiled in memory. */
public final class GroovyApp {
    private GroovyApp() {}

    /** See the class. */
    public static void main(String[] args)
            throws ReflectiveOperationException, URISyntaxException, java.io.IOException {
        Binding binding = new Binding();
        binding.setVariable("scale", 100);
        GroovyShell shell = new GroovyShell(binding);
        System.out.println("result "
                + shell.evaluate(GroovyApp.class.getResource("/orbits.groovy").toURI()));
        try (GroovyClassLoader loader = new GroovyClassLoader()) {
            Class<?> type = loader.parseClass("class Adder implements java.util.function.IntBinaryOperator {"
                    + " int applyAsInt(int a, int b) { new example.Orbit('x', a).days + b } }");
            var adder = (java.util.function.IntBinaryOperator)
                    type.getDeclaredConstructor().newInstance();
            System.out.println(type + " " + adder.applyAsInt(20, 22) + " " + (type.getClassLoader() != loader));
        }
    }
}
