package example.parts;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Found by scanning the package. */
@RestController
class GreetingController {
    private final GreetingProperties properties;

    GreetingController(GreetingProperties properties) {
        this.properties = properties;
    }

    /** Goes out as JSON. */
    record Greeting(String text, int stars) {}

    @GetMapping("/greeting/{name}")
    Greeting greet(@PathVariable String name) {
        return new Greeting(properties.word() + ", " + name, properties.stars());
    }
}
