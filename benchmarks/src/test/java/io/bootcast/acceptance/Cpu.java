package io.bootcast.acceptance;

import java.util.Arrays;
import java.util.List;

/** CPU time, user and system, of whole processes with all that they start, and what pairs of them say. */
final class Cpu {
    private static final String TIMED = "TIMEFORMAT='cpu %U %S'; time \"$@\" >/dev/null";

    private Cpu() {}

    /** The CPU milliseconds of all processes that were {@link #timedWords} in a command that has ended with 0. */
    static double millis(Command.Result timed) {
        double sum = 0;
        for (String line : timed.expect(0).err().lines().toList()) {
            if (line.startsWith("cpu ")) {
                String[] words = line.split(" ");
                sum += 1000 * (Double.parseDouble(words[1]) + Double.parseDouble(words[2]));
            }
        }
        return sum;
    }

    /** {@code words} under bash's {@code time}, its standard output thrown away. */
    static Command timed(List<String> words) {
        return Command.of(timedWords(words));
    }

    /** {@code words} under bash's {@code time}. */
    static List<String> timedWords(List<String> words) {
        List<String> all = new java.util.ArrayList<>(List.of("bash", "-c", TIMED, "timed"));
        all.addAll(words);
        return all;
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The quotients of pairs: {@code measured[i] / against[i]}. */
    static double[] ratios(double[] measured, double[] against) {
        double[] ratios = new double[measured.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = measured[i] / against[i];
        }
        return ratios;
    }

    /** "median 0.98 (0.95-1.02)". */
    static String summary(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format("median %.2f (%.2f-%.2f)", median(values), sorted[0], sorted[sorted.length - 1]);
    }
}
