package io.bootcast.path;

import io.bootcast.store.Image;
import io.bootcast.transport.Message;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What happened, for {@code --verbose} and {@code --report}. JSON is written by hand: a library would be loaded by every rank before main. */
public final class Report {
    private static final Steps.Step[] STEPS = Steps.Step.values();

    private final Steps steps;
    private final RootReader reader;
    private final byte[][] timings;
    private final String storeNote;
    private final int rank;
    private final int ranks;
    private final int files;
    private final int libraries;
    private final boolean librariesFromHome;

    /** @param image null where there is none */
    Report(History history, Image image) {
        this.files = image == null ? 0 : image.index().fileCount();
        this.libraries = image == null ? 0 : image.index().libraryCount();
        this.librariesFromHome = libraries > 0 && !image.mayExecute();
        this.steps = history.steps;
        this.reader = history.reader;
        this.timings = history.timings;
        this.storeNote = history.storeNote;
        this.rank = history.rank;
        this.ranks = history.ranks;
    }

    /** One line of this rank's steps with their times. */
    public String line() {
        StringBuilder line = new StringBuilder("rank ")
                .append(rank)
                .append(" of ")
                .append(ranks)
                .append(':');
        for (int step = 0; step < STEPS.length; step++) {
            line.append(' ')
                    .append(name(step))
                    .append(' ')
                    .append(Steps.millis(steps.nanos(step)))
                    .append(" ms");
        }
        if (reader != null) {
            line.append("; read ")
                    .append(steps.bytesRead())
                    .append(" bytes of ")
                    .append(steps.filesOpened())
                    .append(" files");
            line.append(reader.isFromRecipe() ? " (nothing has changed since last time)" : "");
            line.append(", sent ").append(steps.bytesSent()).append(" bytes");
        }
        for (String note : notes()) {
            line.append("\nbootcast: ").append(note);
        }
        if (librariesFromHome) {
            line.append(
                    "\nbootcast: native libraries are loaded from their original places: the store is mounted noexec");
        }
        return line.toString();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(reader == null ? List.of() : reader.notes());
        if (!storeNote.isEmpty()) {
            notes.add(storeNote);
        }
        return notes;
    }

    private static String name(int step) {
        return STEPS[step].name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * Writes the report to {@code file}.
     *
     * @param transport the transport's name
     * @param outcome name of the image, or why there is none
     * @param lookups class hits, class misses, resource hits, resource misses, library hits, library misses of this rank so far
     */
    public void write(String file, String transport, String outcome, boolean fallenBack, int[] lookups)
            throws IOException {
        StringBuilder json = new StringBuilder("{\n");
        json.append("  \"bootcast\": ").append(quoted(Version.CURRENT)).append(",\n");
        json.append("  \"java\": ")
                .append(quoted(System.getProperty("java.vm.version")))
                .append(",\n");
        json.append("  \"transport\": ").append(quoted(transport)).append(",\n");
        json.append("  \"ranks\": ").append(ranks).append(",\n");
        json.append(fallenBack ? "  \"fallback\": " : "  \"image\": ")
                .append(quoted(outcome))
                .append(",\n");
        json.append("  \"filesOpened\": ").append(steps.filesOpened()).append(",\n");
        json.append("  \"bytesRead\": ").append(steps.bytesRead()).append(",\n");
        json.append("  \"bytesSent\": ").append(steps.bytesSent()).append(",\n");
        json.append("  \"files\": ").append(files).append(",\n");
        json.append("  \"libraries\": ").append(libraries).append(",\n");
        json.append("  \"rootLookups\": {\"classHits\": ")
                .append(lookups[0])
                .append(", \"classMisses\": ")
                .append(lookups[1]);
        json.append(", \"resourceHits\": ")
                .append(lookups[2])
                .append(", \"resourceMisses\": ")
                .append(lookups[3]);
        json.append(", \"libraryHits\": ")
                .append(lookups[4])
                .append(", \"libraryMisses\": ")
                .append(lookups[5])
                .append("},\n");
        json.append("  \"notes\": ").append(quoted(notes())).append(",\n");
        json.append("  \"stepMillis\": {").append(stepMillis()).append("\n  }\n}\n");
        try (FileOutputStream out = new FileOutputStream(file)) {
            out.write(json.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String quoted(List<String> notes) {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < notes.size(); i++) {
            json.append(i == 0 ? "" : ", ").append(quoted(notes.get(i)));
        }
        return json.append(']').toString();
    }

    private String stepMillis() {
        StringBuilder json = new StringBuilder();
        for (int step = 0; step < STEPS.length; step++) {
            long least = Long.MAX_VALUE;
            long most = 0;
            long sum = 0;
            for (byte[] timing : timings) {
                Message message = new Message(timing);
                long nanos = 0;
                for (int i = 0; i <= step; i++) {
                    nanos = message.getLong();
                }
                least = Math.min(least, nanos);
                most = Math.max(most, nanos);
                sum += nanos;
            }
            json.append(step == 0 ? "\n" : ",\n")
                    .append("    ")
                    .append(quoted(name(step)))
                    .append(": {\"min\": ");
            json.append(Steps.millis(least)).append(", \"mean\": ").append(Steps.millis(sum / timings.length));
            json.append(", \"max\": ").append(Steps.millis(most)).append('}');
        }
        return json.toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
