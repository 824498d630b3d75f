package example;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.http.HttpServlet;
import java.util.Set;

/** Found by Tomcat as a service, and handed all servlets that Tomcat finds on the class path. */
@HandlesTypes(HttpServlet.class)
public final class TomcatPages implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> servlets, ServletContext context) {
        for (Class<?> servlet : servlets) {
            if (servlet.getPackageName().equals("example")) {
                System.out.println("servlet " + servlet.getName());
                context.addServlet("greeting", servlet.asSubclass(HttpServlet.class))
                        .addMapping("/greeting");
            }
        }
    }
}
