package io.bootcast.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemCallsTest {
    private static final Homes HOMES =
            new Homes("/jdk", List.of("/opt/bootcast", "/shared/lib"), List.of("/opt/mpi"), List.of("/site/lib1"));

    @TempDir
    Path traces;

    private SystemCalls read(String file, String... lines) throws IOException {
        Files.writeString(traces.resolve(file), String.join("\n", lines) + "\n");
        return SystemCalls.read(traces, "/start", HOMES);
    }

    private String pathsOf(String line) throws IOException {
        SystemCalls calls = read("rank0.1", line);
        assertEquals(1, calls.count(), calls::toString);
        return String.join(" ", calls.list().get(0).paths());
    }

    @Test
    void pathWhenRelativeIsJoinedToTheDirectoryThatHolds() throws IOException {
        assertEquals("/start/a/c", pathsOf("access(\"a/b/../c\", R_OK) = -1 ENOENT (No such file or directory)"));
        assertEquals("/home/a /home/a", pathsOf("openat(AT_FDCWD</home>, \"a\", O_RDONLY) = 3</home/a>") + " /home/a");
        assertEquals("/dir/a", pathsOf("newfstatat(5</dir>, \"a\", {st_mode=S_IFREG|0644, st_size=7, ...}, 0) = 0"));
        assertEquals("/abs", pathsOf("newfstatat(5</dir>, \"/abs\", {st_mode=S_IFREG|0644, st_size=7, ...}, 0) = 0"));
        assertEquals("/dir", pathsOf("newfstatat(5</dir>, \"\", {st_mode=S_IFREG|0644, ...}, AT_EMPTY_PATH) = 0"));
        assertEquals("/a /dir/b", pathsOf("renameat2(AT_FDCWD</>, \"a\", 5</dir>, \"b\", 0) = 0"));
        assertEquals("/start/new", pathsOf("symlink(\"/shared/target\", \"new\") = 0"));
        assertEquals("/start/link", pathsOf("readlink(\"link\", \"/shared/target\", 4095) = 14"));
    }

    @Test
    void pathWhenOpenedThroughALinkIsKnownByBothNames() throws IOException {
        SystemCalls calls = read(
                "rank0.1",
                "openat(AT_FDCWD</>, \"/link/a.jar\", O_RDONLY) = 3</shared/lib/a.jar>",
                "read(3</shared/lib/a.jar>, \"PK\\3\\4 \\\"/other\\\" 9</other>\", 30) = 30",
                "close(3</shared/lib/a.jar>(deleted)) = 0");

        assertEquals(
                Map.of("open", 1, "read", 1, "close", 1), calls.below("/shared").byKind());
        assertEquals(Map.of("open", 1), calls.below("/link").byKind());
        assertEquals(0, calls.below("/other").count());
        assertEquals(0, calls.below("/share").count(), "a name that begins alike is not below");
    }

    @Test
    void descriptorWhenNoFileIsStillAUseOfOne() throws IOException {
        SystemCalls calls = read(
                "rank0.1",
                "write(7<socket:[10.0.0.1:4->10.0.0.2:5]>, \"x\", 1) = 1",
                "mmap(NULL, 8<<20, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f0000000000",
                "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3</shared/a>, 0x1000) = 0x7f0000001000",
                "--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL} ---",
                "+++ exited with 0 +++");

        assertEquals(3, calls.count());
        assertEquals(2, calls.where(Call::usesFile).count());
        assertEquals(Map.of("map", 1), calls.below("/shared").byKind());
    }

    @Test
    void directoryWhenChangedHoldsForLaterCallsAndForChildren() throws IOException {
        Files.writeString(traces.resolve("rank3.12"), "access(\"of child\", F_OK) = 0\n");
        Files.writeString(traces.resolve("rank3.11"), "access(\"of thread\", F_OK) = 0\n");

        SystemCalls calls = read(
                "rank3.10",
                "getcwd(\"/first\", 4096) = 7",
                "access(\"x\", F_OK) = 0",
                "clone3({flags=CLONE_VM|CLONE_THREAD, child_tid=0x7, stack=0x7}, 88) = 11",
                "chdir(\"none\") = -1 ENOENT (No such file or directory)",
                "chdir(\"second\") = 0",
                "access(\"x\", F_OK) = 0",
                "fchdir(4</third>) = 0",
                "clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7) = 12",
                "openat(AT_FDCWD</fourth>, \"x\", O_RDONLY) = -1 EACCES (Permission denied)",
                "access(\"x\", F_OK) = 0");

        assertEquals(
                List.of("/first/x", "/first/second/x", "/fourth/x", "/first/of thread", "/third/of child"),
                calls.where(call -> call.name().equals("access")).list().stream()
                        .map(Call::path)
                        .toList());
    }

    @Test
    void lineWhenInterruptedIsPutTogether() throws IOException {
        SystemCalls calls = read(
                "rank0.1",
                "openat(AT_FDCWD</>, \"/shared/a\", O_RDONLY <unfinished ...>",
                "--- SIGCHLD {si_signo=SIGCHLD} ---",
                "<... openat resumed>)                   = -1 ENOENT (No such file or directory)",
                "read(3</shared/b>,  <unfinished ...>",
                "<... read resumed>\"data\", 4)            = 4",
                "read(3</shared/c>,  <unfinished ...>");

        assertEquals(Map.of("open failed", 1, "read", 2), calls.below("/shared").byKind());
        assertEquals(Map.of("/shared/a", 1, "/shared/b", 1, "/shared/c", 1), calls.byPath());
    }

    @Test
    void causeWhenAskedFollowsProgramAndPlace() throws IOException {
        SystemCalls calls = read(
                "rank0.1",
                "execve(\"/opt/bootcast/bin/bootcast\", [\"bootcast\", \"run\"], 0x7ffc /* 20 vars */) = 0",
                "openat(AT_FDCWD</>, \"/site/lib1/libc.so.6\", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file)",
                "newfstatat(AT_FDCWD</>, \"/site/lib1/tls/haswell\", 0x7ffc, 0) = -1 ENOENT (No such file)",
                "openat(AT_FDCWD</>, \"/opt/bootcast/bin/bootcast\", O_RDONLY) = 3</opt/bootcast/bin/bootcast>",
                "execve(\"/nowhere/java\", [\"java\"], 0x7ffc /* 20 vars */) = -1 ENOENT (No such file or directory)",
                "execve(\"/jdk/bin/java\", [\"java\", \"-cp\", \"/opt/bootcast/lib\"], 0x7ffc /* 20 vars */) = 0",
                "newfstatat(AT_FDCWD</>, \"/site/lib1\", {st_mode=S_IFDIR|0755, ...}, 0) = 0",
                "openat(AT_FDCWD</>, \"/jdk/lib/libjli.so\", O_RDONLY|O_CLOEXEC) = 3</jdk/lib/libjli.so>",
                "openat(AT_FDCWD</>, \"/jdk/lib/libc.so.6\", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file)",
                "openat(AT_FDCWD</>, \"/lib/libc.so.6\", O_RDONLY|O_CLOEXEC) = 3</lib/libc.so.6>",
                "openat(AT_FDCWD</>, \"/shared/lib/a.jar\", O_RDONLY) = 4</shared/lib/a.jar>",
                "lstat(\"/shared\", {st_mode=S_IFDIR|0755, ...}) = 0",
                "openat(AT_FDCWD</>, \"/usr/share/openmpi/help.txt\", O_RDONLY) = 4</usr/share/openmpi/help.txt>",
                "openat(AT_FDCWD</>, \"/opt/mpi/lib/mca.conf\", O_RDONLY) = 4</opt/mpi/lib/mca.conf>",
                "openat(AT_FDCWD</>, \"/data/input\", O_RDONLY) = 4</data/input>");

        assertEquals(
                List.of(
                        Cause.WRAPPER,
                        Cause.LINKER,
                        Cause.LINKER,
                        Cause.WRAPPER,
                        Cause.WRAPPER,
                        Cause.JDK,
                        Cause.LINKER,
                        Cause.JDK,
                        Cause.LINKER,
                        Cause.LINKER,
                        Cause.BOOTCAST,
                        Cause.BOOTCAST,
                        Cause.OPEN_MPI,
                        Cause.OPEN_MPI,
                        Cause.OTHER),
                calls.list().stream().map(Call::cause).toList());
    }

    @Test
    void betweenWhenMarkersAreInOneThreadIsWhatThatThreadDid() throws IOException {
        Files.writeString(traces.resolve("rank1.11"), "access(\"/of another thread\", F_OK) = 0\n");

        SystemCalls calls = read(
                "rank1.10",
                "clone3({flags=CLONE_THREAD}, 88) = 11",
                "access(\"/before\", F_OK) = 0",
                "newfstatat(AT_FDCWD</>, \"/MARK-begin\", 0x7, 0) = -1 ENOENT (No such file or directory)",
                "access(\"/inside\", F_OK) = 0",
                "newfstatat(AT_FDCWD</>, \"/MARK-end\", 0x7, 0) = -1 ENOENT (No such file or directory)",
                "access(\"/after\", F_OK) = 0");

        assertEquals(
                Map.of("/inside", 1), calls.between("/MARK-begin", "/MARK-end").byPath());
        assertEquals(
                "no calls between markers: begin=/MARK-begin found=true end=/none found=false",
                assertThrows(IllegalStateException.class, () -> calls.between("/MARK-begin", "/none"))
                        .getMessage());
    }
}
