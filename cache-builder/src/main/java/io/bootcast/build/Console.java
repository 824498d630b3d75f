package io.bootcast.build;

import java.io.PrintStream;

/** What the user hears of a build: a line with a bar when a step begins, and what came of it. On standard error, which is nobody's data. */
final class Console {
    private static final int BAR_CHARACTERS = 20;

    private final PrintStream out;
    private final int steps;
    private int step;

    /** @param steps how many times {@link #begins} is going to be called, as far as that is known */
    Console(PrintStream out, int steps) {
        this.out = out;
        this.steps = steps;
    }

    void begins(String what) {
        int done = Math.min(BAR_CHARACTERS, BAR_CHARACTERS * step / Math.max(1, steps));
        step++;
        out.println("bootcast: build: [" + "#".repeat(done) + ".".repeat(BAR_CHARACTERS - done) + "] " + what);
    }

    void says(String result) {
        out.println("bootcast: build: " + " ".repeat(BAR_CHARACTERS + 3) + result);
    }
}
