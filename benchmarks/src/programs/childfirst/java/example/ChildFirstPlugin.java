package example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.function.Supplier;
import org.apache.commons.lang3.reflect.MethodUtils;
import org.slf4j.LoggerFactory;

/** Uses libraries which look for classes and services by the context class loader. */
public final class ChildFirstPlugin implements Supplier<String> {
    static int count;

    /** To be written by Jackson. */
    public record Report(String logger, int count, String version) {}

    @Override
    public String get() {
        count++;
        String logger =
                LoggerFactory.getLogger(ChildFirstPlugin.class).getClass().getName();
        String version = JsonMapper.class.getPackage().getImplementationVersion();
        try {
            String text = JsonMapper.builder()
                    .findAndAddModules()
                    .build()
                    .writeValueAsString(new Report(logger, count, version));
            return text + " " + MethodUtils.invokeStaticMethod(Math.class, "abs", -42);
        } catch (JsonProcessingException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
