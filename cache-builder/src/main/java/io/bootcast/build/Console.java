package io.bootcast.build;

import java.io.PrintStream;

/** What the user hears of a build: a line when a step begins, and what came of it. On standard error, which is nobody's data. */
final class Console {
    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    void begins(String step) {
        out.println("bootcast: build: " + step);
    }

    void says(String result) {
        out.println("bootcast: build:   " + result);
    }
}
