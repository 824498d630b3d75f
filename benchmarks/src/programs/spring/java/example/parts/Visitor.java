package example.parts;

import java.io.IOException;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Asks the server, when it is up, and counts what Spring finds on the class path by patterns. */
@Component
class Visitor implements CommandLineRunner {
    private final ServletWebServerApplicationContext context;
    private final ResourcePatternResolver resources;

    Visitor(ServletWebServerApplicationContext context, ResourcePatternResolver resources) {
        this.context = context;
        this.resources = resources;
    }

    @Override
    public void run(String... args) throws IOException {
        String address = "http://127.0.0.1:" + context.getWebServer().getPort();
        RestClient client = RestClient.create(address);
        System.out.println(client.get().uri("/greeting/rank").retrieve().body(String.class));
        System.out.println("beans " + context.getBeanDefinitionCount());
        for (String pattern : new String[] {"classpath*:META-INF/spring.factories", "classpath*:example/**/*.class"}) {
            Resource[] found = resources.getResources(pattern);
            System.out.println(pattern + " " + found.length + " first " + found[0].getFilename() + " of "
                    + found[0].contentLength() + " bytes");
        }
    }
}
