package example;

import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.pattern.ConverterKeys;
import org.apache.logging.log4j.core.pattern.LogEventPatternConverter;

/** {@code %rank} in a pattern. */
@Plugin(name = "RankConverter", category = "Converter")
@ConverterKeys("rank")
public final class RankConverter extends LogEventPatternConverter {
    private RankConverter() {
        super("rank", "rank");
    }

    /** Called by Log4j. */
    public static RankConverter newInstance(String[] options) {
        return new RankConverter();
    }

    @Override
    public void format(LogEvent event, StringBuilder to) {
        to.append("rank=").append((String) event.getContextData().getValue("rank"));
    }
}
