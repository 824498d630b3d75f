package io.bootcast.acceptance;

import io.bootcast.bench.Call;
import io.bootcast.bench.SystemCalls;
import java.util.List;

/** Lines of a table that shows two starts side by side: opens and looks at files, those that failed of them, all other calls, and the sum. */
final class CallTable {
    private CallTable() {}

    static String head() {
        StringBuilder text = new StringBuilder(String.format("%-22s", "cause"));
        for (int i = 0; i < 2; i++) {
            text.append(String.format("%8s%8s%8s%8s%8s%8s", "open", "failed", "stat", "failed", "other", "all"));
        }
        return text.append('\n').toString();
    }

    static String row(String name, SystemCalls left, SystemCalls right) {
        StringBuilder text = new StringBuilder(String.format("%-22s", name));
        for (SystemCalls calls : List.of(left, right)) {
            SystemCalls opens = calls.of(Call.Kind.OPEN);
            SystemCalls stats = calls.of(Call.Kind.STAT);
            text.append(String.format(
                    "%8d%8d%8d%8d%8d%8d",
                    opens.succeeded().count(),
                    opens.failed().count(),
                    stats.succeeded().count(),
                    stats.failed().count(),
                    calls.count() - opens.count() - stats.count(),
                    calls.count()));
        }
        return text.append('\n').toString();
    }
}
