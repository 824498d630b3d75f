package io.bootcast.build;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code scripts/bootcast} starts for the commands that make and look at bundles. Every fault ends here: one line on standard error, and the fault's exit code. */
@Command(name = "bootcast")
public final class Main {
    private Main() {}

    /** See the class. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand(new BuildCommand(java.util.List.of(args)));
        line.addSubcommand(new InspectCommand(System.out));
        line.addSubcommand(new VerifyCommand(System.out));
        line.setParameterExceptionHandler((e, words) -> {
            System.err.println(
                    "bootcast: " + String.valueOf(e.getMessage()).replace('\n', ' ') + "; see bootcast help");
            return Fault.USAGE.exitCode();
        });
        line.setExecutionExceptionHandler((e, commandLine, result) -> {
            boolean known = e instanceof BootcastException;
            System.err.println("bootcast: " + (known ? e.getMessage() : e.toString()));
            if (!known || System.getenv("BOOTCAST_VERBOSE") != null) {
                e.printStackTrace();
            }
            return (known ? ((BootcastException) e).fault() : Fault.INTERNAL).exitCode();
        });
        System.exit(line.execute(BuildCommand.own(args)));
    }
}
