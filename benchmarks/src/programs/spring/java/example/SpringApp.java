package example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** A web application as Spring's own pages begin with; it asks itself once and ends. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SpringApp {
    /** See the class. */
    public static void main(String[] args) {
        SpringApplication.exit(SpringApplication.run(SpringApp.class, args));
    }
}
