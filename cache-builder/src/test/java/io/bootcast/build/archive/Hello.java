package io.bootcast.build.archive;

import java.io.IOException;
import java.net.URL;

/** What the tests' images start: prints where its jar is; with an argument it is a server that is ended by SIGTERM as soon as it serves. */
final class Hello {
    private Hello() {}

    public static void main(String[] args) throws InterruptedException, IOException {
        URL jar = Hello.class.getProtectionDomain().getCodeSource().getLocation();
        Runnable lambda = () -> System.out.println("hello from " + jar);
        lambda.run();
        if (args.length > 0) {
            new ProcessBuilder("kill", Long.toString(ProcessHandle.current().pid())).start();
            Thread.currentThread().join();
        }
    }
}
