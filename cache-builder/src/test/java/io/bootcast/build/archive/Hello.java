package io.bootcast.build.archive;

import java.net.URL;

/** What the tests' images start: prints where its jar is, and waits for ever if it has an argument. */
final class Hello {
    private Hello() {}

    public static void main(String[] args) throws InterruptedException {
        URL jar = Hello.class.getProtectionDomain().getCodeSource().getLocation();
        Runnable lambda = () -> System.out.println("hello from " + jar);
        lambda.run();
        if (args.length > 0) {
            Thread.currentThread().join();
        }
    }
}
