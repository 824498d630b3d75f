package io.bootcast.acceptance;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a program's output what differs from run to run of the same program under the same {@code java}. This is the whole list; what is not in
 * it is compared to the letter.
 */
final class Normaliser {
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "when it was said: the heads of the lines of java.util.logging and of Spring Boot",
                    "(?m)(?<=^\\d: )(\\w{3} \\d+, \\d{4} \\d+:\\d\\d:\\d\\d.[AP]M|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d))",
                    "TIME"),
            new Rule("how long something took", "(?<= (in|for) )\\d+(\\.\\d+)?(?= ms\\b| seconds\\b|\\))", "SPAN"),
            new Rule("process ids in Spring Boot's lines", "\\b\\d+(?= --- \\[)|(?<=with PID )\\d+", "PID"),
            new Rule("ports that the kernel chose", "(?<=port |-auto-1-)\\d+", "PORT"),
            new Rule(
                    "Tomcat walks up from a URLClassLoader and says that it cannot list the platform class loader (docs/class-loading.md)",
                    "(?m)^.* (?:o\\.a.*WebappLoader +:|.*WebappLoader buildClassPath\\R\\d: INFO:) Unknown class loader \\[jdk\\.internal.*PlatformClassLoader@.*\\R",
                    ""));

    private Normaliser() {}

    private record Rule(String reason, Pattern pattern, String replacement) {
        Rule(String reason, String pattern, String replacement) {
            this(reason, Pattern.compile(pattern), replacement);
        }
    }

    /** {@code lines}, each {@code RANK: text}, by all rules. */
    static List<String> normalise(List<String> lines) {
        String text = String.join("\n", lines);
        for (Rule rule : RULES) {
            text = rule.pattern.matcher(text).replaceAll(rule.replacement);
        }
        return text.isEmpty() ? List.of() : text.lines().toList();
    }
}
