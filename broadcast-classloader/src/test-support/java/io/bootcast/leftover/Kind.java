package io.bootcast.leftover;

import java.util.List;

/** One kind of thing that a test can leave behind. */
interface Kind {
    /** All kinds, in the order in which they are reported. */
    List<Kind> ALL = List.of(new OpenFiles(), new LiveThreads(), new TemporaryNames(), new Mappings(), new Stores());

    /** What messages call it. */
    String word();

    /** What is there now, each thing under a name of its own or as often as it is there. */
    List<String> held();

    /**
     * True if it is seen right after a test whether it has let go. If not, what appeared during a test is judged at the end of the class: a
     * mapping lasts while the test's instance is reachable.
     */
    boolean isJudgedAtOnce();

    /** The path as {@code /proc} shows it, without its mark for a file that has been deleted: deleting it must not make it another one. */
    static String path(String shown) {
        String mark = " (deleted)";
        return shown.endsWith(mark) ? shown.substring(0, shown.length() - mark.length()) : shown;
    }

    /** Gives {@code left} time to go if it is about to; false if another look is of no use. */
    boolean settle(List<String> left);
}
