package io.bootcast.path;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.IndexWriter;
import io.bootcast.resolve.Companions;
import io.bootcast.resolve.Limits;
import io.bootcast.resolve.Resolver;
import io.bootcast.store.Store;
import io.bootcast.transport.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads the class path: its elements, and what travels beside them. */
final class ClassPathReader extends RootReader {
    ClassPathReader(Settings settings, Store store, Steps steps, Progress progress) {
        super(settings, store, steps, progress);
    }

    @Override
    String read() throws IOException {
        Recipe recipe = new Recipe(store, settings, System.getProperty("java.vm.version"));
        String known = recipe.imageOf(new Limits(settings.maxBytes, settings.live));
        if (known.isEmpty()) {
            return read(recipe);
        }
        long start = System.nanoTime();
        offerKnown(offersOf(known));
        steps.add(Steps.Step.INDEX, start);
        return known;
    }

    @Override
    BootcastException unreadable(IOException cause) {
        return new BootcastException(
                Fault.CLASS_PATH,
                "root cannot read the class path: reason=" + BootcastException.reason(cause)
                        + "; is every element readable here?",
                cause);
    }

    private String read(Recipe recipe) throws IOException {
        int feature = Runtime.version().feature();
        long start = System.nanoTime();
        IndexWriter index = new IndexWriter(feature);
        Intake intake = new Intake(this, store, steps);
        ElementReader reader = new ElementReader(this, store, intake, index, feature);
        Limits limits = new Limits(settings.maxBytes, settings.live);
        Resolver resolver = new Resolver(limits, reader);
        resolver.resolve(settings.classPath);
        resolver.resolveFiles(new Companions(
                settings.withFiles, settings.nativeDirectories, settings.libraryPath, settings.libraryPathIsGiven));
        steps.add(Steps.Step.RESOLVE, start);
        start = System.nanoTime();
        String digest = writeIndex(index);
        intake.rememberDigests();
        recipe.remember(digest, resolver.sightings().lines());
        steps.add(Steps.Step.INDEX, start);
        return digest;
    }

    private String writeIndex(IndexWriter index) throws IOException {
        ByteBuffer bytes = index.finish();
        String digest = store(bytes, /* mtimeNanos= */ 0);
        offer(new Offer(digest, bytes.remaining(), 0));
        return digest;
    }
}
