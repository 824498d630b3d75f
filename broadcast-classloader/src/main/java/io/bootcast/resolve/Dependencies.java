package io.bootcast.resolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes along what native libraries need and the dynamic linker finds from where they lie: {@code DT_NEEDED} by {@code $ORIGIN} in RUNPATH or RPATH (ld.so(8)). What it
 * finds by absolute paths, {@code LD_LIBRARY_PATH} and the system's directories it finds from the store as well. All candidates travel, because the linker
 * passes over those of another architecture. For one thread, at the root.
 */
final class Dependencies {
    /** A library in the process, with the directories that it inherits from those that need it: RPATH counts for the libraries that a library loads, too. */
    private static final class Loaded {
        final Path file;
        /** Where the linker found it: links to files are not followed for this. */
        final Path origin;

        final List<Path> inherited;

        Loaded(Path file, Path origin, List<Path> inherited) {
            this.file = file;
            this.origin = origin;
            this.inherited = inherited;
        }

        String key() {
            return file + ":" + origin + ":" + inherited;
        }
    }

    private final CarriedFiles files;
    private final Sightings sightings;
    private final Set<String> seen = new HashSet<>();
    private List<Loaded> next = new ArrayList<>();

    Dependencies(CarriedFiles files, Sightings sightings) {
        this.files = files;
        this.sightings = sightings;
    }

    /** Of all that travels, to the end. */
    void carryAll() throws IOException {
        files.readWaiting();
        for (Path file : files.read().keySet()) {
            next.add(new Loaded(file, file.getParent(), List.of()));
        }
        while (!next.isEmpty()) {
            List<Loaded> now = next;
            next = new ArrayList<>();
            for (Loaded library : now) {
                if (seen.add(library.key())) {
                    carryNeeded(library);
                }
            }
            files.readWaiting();
        }
    }

    private void carryNeeded(Loaded library) throws IOException {
        ElfLibrary elf = files.read().getOrDefault(library.file, ElfLibrary.NONE);
        List<Path> searched = elf.searchedFrom(library.origin);
        List<Path> passedOn = new ArrayList<>(elf.hasRunPath() ? List.of() : searched);
        passedOn.addAll(library.inherited);
        if (!elf.hasRunPath()) {
            searched = passedOn;
        }
        for (String name : elf.needed()) {
            if (name.indexOf('/') >= 0) {
                String path = ElfLibrary.expand(name, library.origin);
                if (!path.isEmpty()) {
                    carryIfThere(Path.of(path).normalize(), passedOn);
                }
                continue;
            }
            for (Path directory : searched) {
                carryIfThere(directory.resolve(name), passedOn);
            }
        }
    }

    private void carryIfThere(Path file, List<Path> passedOn) throws IOException {
        Path directory = file.getParent();
        String name = file.getFileName().toString();
        if (FileSet.isLibraryName(name)
                && !sightings.libraries(directory.toString()).contains(name)) {
            return;
        }
        Path carried = files.carry(file);
        if (!carried.toString().isEmpty()) {
            next.add(new Loaded(carried, files.real(directory), passedOn));
        }
    }
}
