package example;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/** Counts. Log4j finds it by the list of plugins that its annotation processor writes. */
@Plugin(name = "Counting", category = "Core", elementType = "appender")
public final class CountingAppender extends AbstractAppender {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private CountingAppender(String name, Filter filter) {
        super(name, filter, null, true, Property.EMPTY_ARRAY);
    }

    /** Called by Log4j. */
    @PluginFactory
    public static CountingAppender create(
            @PluginAttribute("name") String name, @PluginElement("Filter") Filter filter) {
        return new CountingAppender(name, filter);
    }

    /** How many events came. */
    static int count() {
        return COUNT.get();
    }

    @Override
    public void append(LogEvent event) {
        COUNT.incrementAndGet();
    }
}
