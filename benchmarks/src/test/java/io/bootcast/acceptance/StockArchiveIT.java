package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.build.archive.Application;
import io.bootcast.build.archive.ArchiveMaker;
import io.bootcast.build.archive.Jdk;
import io.bootcast.build.archive.Outcome.Made;
import io.bootcast.build.archive.Share;
import io.bootcast.build.archive.Start;
import io.bootcast.build.archive.Variant;
import io.bootcast.build.archive.Variants;
import io.bootcast.build.archive.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real application takes nearly all of its classes from the archive that is made for the stock loader over an image. */
class StockArchiveIT {
    private static final FileTime FIXED = FileTime.fromMillis(315_532_800_000L);
    private static final double LEAST = 0.95;
    private static final int CLASSES = 6000;

    @TempDir
    Path directory;

    @Test
    void hibernateTakesNearlyAllClassesFromItsArchive() throws IOException {
        Jdk jdk = Jdk.of(Path.of(System.getProperty("java.home")));
        Path image = image(HibernateApp.in(LocalStarts.checkout()).directory());
        Application application = new Application(List.of(), HibernateApp.MAIN, List.of("quiet"), 0);
        Variant variant =
                Variants.of(jdk, Way.STOCK, application.options(), List.of()).get(0);

        Made made;
        Share share;
        try (ArchiveMaker maker =
                new ArchiveMaker(jdk, image, Start.stock(image), application, directory.resolve("log"))) {
            made = (Made) maker.make(variant);
            share = maker.measure(variant);
        }

        System.out.println(variant.line() + ": JDK " + jdk.feature() + ": " + share + " of "
                + made.lengthBytes() / 1_000_000 + " MB");
        assertEquals(0, made.exitCode());
        assertTrue(share.archived() > CLASSES && share.ratio() > LEAST, share::toString);
    }

    /** The application's jars, and one with its own classes, as an image has them. */
    private Path image(Path app) throws IOException {
        Path image = directory.resolve("image");
        Path lib = Files.createDirectories(image.resolve("home/lib"));
        Files.createDirectories(image.resolve("launch"));
        try (Stream<Path> jars = Files.list(app.resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
            }
        }
        Command.of(
                        System.getProperty("java.home") + "/bin/jar",
                        "-c",
                        "-f",
                        lib.resolve("library.jar").toString(),
                        "-C",
                        app.resolve("classes").toString(),
                        ".")
                .run()
                .expect(0);
        List<String> elements = new ArrayList<>();
        try (Stream<Path> jars = Files.list(lib)) {
            for (Path jar : jars.toList()) {
                Files.setLastModifiedTime(jar, FIXED);
                elements.add("home/lib/" + jar.getFileName());
            }
        }
        Collections.sort(elements);
        Files.write(image.resolve("launch/class-path"), elements);
        return image;
    }
}
