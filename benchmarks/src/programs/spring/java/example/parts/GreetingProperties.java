package example.parts;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** From {@code application.properties} and the file that it imports. */
@ConfigurationProperties("greeting")
record GreetingProperties(String word, int stars) {}
