package io.bootcast.store;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds or makes the directory of the store: {@code --store}, else the scheduler's job-private directory, else {@code
 * /dev/shm/bootcast-UID}, else below {@code TMPDIR}. A directory counts only if it is the caller's own, closed to everybody else, and no link;
 * a name that somebody else has taken is passed over for the next one.
 */
public final class StorePlace {
    private static final String[] JOB_DIRECTORIES = {"SLURM_TMPDIR", "PBS_TMPDIR", "FLUX_JOB_TMPDIR"};
    private static final String SHARED_MEMORY = "/dev/shm";
    private static final int NAMES_TRIED = 10;
    private static final int MODE_MASK = 0777;
    private static final int OWNER_ONLY = 0700;
    private static final String[] SHARED_TYPES = {
        "nfs",
        "lustre",
        "gpfs",
        "beegfs",
        "ceph",
        "fuse",
        "cifs",
        "smb",
        "afs",
        "pvfs",
        "orangefs",
        "panfs",
        "wekafs",
        "9p",
        "gfs",
        "ocfs"
    };

    private final int uid;
    private final boolean executes;
    private String refused = "";

    /** For the user that runs this process. */
    public StorePlace() {
        this(/* executes= */ false);
    }

    /** @param executes true to pass over directories that are mounted {@code noexec}, as long as there is another one */
    public StorePlace(boolean executes) {
        this.uid = uidOf(Path.of("/proc/self"));
        this.executes = executes;
    }

    private static int uidOf(Path path) {
        try {
            return (Integer) Files.getAttribute(path, "unix:uid");
        } catch (IOException e) {
            throw new BootcastException(
                    Fault.STORE,
                    "cannot tell which user this is: file=" + path + " reason=" + BootcastException.reason(e),
                    e);
        }
    }

    /**
     * The store's directory, made if it was missing.
     *
     * @param wanted what {@code --store} says, or empty
     */
    public File find(String wanted, Map<String, String> environment) {
        refused = "";
        if (!wanted.isEmpty()) {
            return firstUsable(wanted, /* strict= */ true);
        }
        File found = executes ? find(environment, Mounts.ofThisProcess()) : null;
        found = found == null ? find(environment, Mounts.NONE) : found;
        return found == null ? firstUsable(temporary(environment) + "/bootcast-" + uid, /* strict= */ true) : found;
    }

    /** Null if there is no place that is usable and can execute. */
    private File find(Map<String, String> environment, Mounts mounts) {
        List<String> parents = new ArrayList<>();
        for (String variable : JOB_DIRECTORIES) {
            String directory = environment.get(variable);
            if (directory != null && new File(directory).isDirectory()) {
                parents.add(directory);
            }
        }
        if (new File(SHARED_MEMORY).canWrite()) {
            parents.add(SHARED_MEMORY);
        }
        parents.add(temporary(environment));
        File found = null;
        for (int i = 0; i < parents.size() && found == null; i++) {
            boolean passedOver = mounts.isNoexec(new File(parents.get(i)));
            found = passedOver ? null : firstUsable(parents.get(i) + "/bootcast-" + uid, /* strict= */ false);
        }
        return found;
    }

    /** The first name that {@link #find} has passed over, and why; empty if the first choice is the store. */
    public String refused() {
        return refused;
    }

    private static String temporary(Map<String, String> environment) {
        String temporary = environment.get("TMPDIR");
        return temporary == null ? "/tmp" : temporary;
    }

    private File firstUsable(String name, boolean strict) {
        String reason = "";
        for (int i = 0; i < NAMES_TRIED; i++) {
            Path path = Path.of(i == 0 ? name : name + "." + i);
            try {
                reason = makeOrCheck(path);
            } catch (IOException e) {
                Path parent = path.toAbsolutePath().getParent();
                boolean nowhere = Files.exists(parent) && !Files.isDirectory(parent);
                reason = nowhere ? "is not a directory: " + parent : BootcastException.reason(e);
            }
            if (!reason.isEmpty() && refused.isEmpty()) {
                refused = "refused=" + path + " reason=" + reason;
            }
            if (reason.isEmpty()) {
                return path.toAbsolutePath().toFile();
            }
        }
        if (strict) {
            throw new BootcastException(
                    Fault.STORE,
                    "no directory for the store: tried=" + name + " reason=" + reason
                            + "; name another one with --store");
        }
        return null;
    }

    /** An empty string if {@code path} is a safe directory now, else what is wrong with it. */
    private String makeOrCheck(Path path) throws IOException {
        boolean typeIsKnown = false;
        while (true) {
            try {
                String reason = check(attributes(path), path);
                boolean isStore = typeIsKnown || Files.exists(path.resolve(Gate.NAME));
                return reason.isEmpty() && !isStore ? checkType(path) : reason;
            } catch (NoSuchFileException e) {
                // It is made, and looked at again: another process may have been faster, or may be removing it.
                String refusal = make(path);
                if (!refusal.isEmpty()) {
                    return refusal;
                }
                typeIsKnown = true;
            }
        }
    }

    private static String checkType(Path directory) throws IOException {
        String type = Files.getFileStore(directory).type();
        return isShared(type) ? "is on a shared file system: type=" + type : "";
    }

    private static String make(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        String refusal = checkType(parent);
        if (!refusal.isEmpty()) {
            return refusal;
        }
        try {
            Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rwx------");
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(ownerOnly));
            Files.setPosixFilePermissions(path, ownerOnly); // whatever the umask and the parent's setgid bit made of it
        } catch (FileAlreadyExistsException | NoSuchFileException raced) {
            // Another process of this node was faster, or has removed the store again; what is there is checked.
        }
        return "";
    }

    private String check(Map<String, Object> found, Path path) {
        if ((Boolean) found.get("isSymbolicLink") || !(Boolean) found.get("isDirectory")) {
            return "is not a directory: " + path;
        }
        if ((Integer) found.get("uid") != uid) {
            return "belongs to another user: uid=" + found.get("uid") + " expected=" + uid;
        }
        int mode = (Integer) found.get("mode") & MODE_MASK;
        return mode == OWNER_ONLY ? "" : "is open to others: mode=" + Integer.toOctalString(mode) + " expected=700";
    }

    private static Map<String, Object> attributes(Path path) throws IOException {
        return Files.readAttributes(path, "unix:uid,mode,isSymbolicLink,isDirectory", LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isShared(String type) {
        for (String shared : SHARED_TYPES) {
            if (type.startsWith(shared)) {
                return true;
            }
        }
        return false;
    }
}
