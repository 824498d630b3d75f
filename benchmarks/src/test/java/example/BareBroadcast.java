package example;

import java.io.File;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import mpi.Intracomm;
import mpi.MPI;

/**
 * The bare MPI_Bcast that Bootcast's broadcast is measured against: rank 0 maps the files in its directory, the others map fresh tmpfs files of the same
 * lengths, and all chunks are broadcast in place. {@code BareBroadcast DIRECTORY CHUNK [hash]}; rank 0 prints "bytes B nanos T".
 */
public final class BareBroadcast {
    private BareBroadcast() {}

    public static void main(String[] args) throws Exception {
        int chunk = Integer.parseInt(args[1]);
        boolean hashes = args.length > 2;
        MPI.InitThread(args, MPI.THREAD_FUNNELED);
        Intracomm world = MPI.COMM_WORLD.dup();
        int rank = world.getRank();
        Path received = Files.createTempDirectory(Path.of("/dev/shm"), "bare");
        List<File> files = new ArrayList<>();
        if (rank == 0) {
            for (File file : new File(args[0]).listFiles()) {
                Path copy = received.resolve(file.getName());
                Files.copy(file.toPath(), copy);
                files.add(copy.toFile());
            }
        }
        int[] count = {files.size()};
        world.bcast(count, 1, MPI.INT, 0);
        long[] lengths = new long[count[0]];
        for (int i = 0; i < files.size(); i++) {
            lengths[i] = files.get(i).length();
        }
        world.bcast(lengths, lengths.length, MPI.LONG, 0);
        world.barrier();
        long start = System.nanoTime();
        long total = 0;
        for (int i = 0; i < lengths.length; i++) {
            File file = rank == 0 ? files.get(i) : received.resolve("file" + i).toFile();
            try (RandomAccessFile open = new RandomAccessFile(file, "rw")) {
                open.setLength(lengths[i]);
                MappedByteBuffer map = open.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, lengths[i]);
                for (int at = 0; at < map.capacity(); at += chunk) {
                    ByteBuffer part = map.duplicate()
                            .position(at)
                            .limit(Math.min(at + chunk, map.capacity()))
                            .slice();
                    world.bcast(part, part.remaining(), MPI.BYTE, 0);
                }
                if (hashes) {
                    MessageDigest sha = MessageDigest.getInstance("SHA-256");
                    sha.update(map);
                    sha.digest();
                }
            }
            total += lengths[i];
        }
        long[] nanos = {System.nanoTime() - start};
        long[] slowest = new long[1];
        world.reduce(nanos, slowest, 1, MPI.LONG, MPI.MAX, 0);
        if (rank == 0) {
            System.out.println("bytes " + total + " nanos " + slowest[0]);
        }
        for (File file : received.toFile().listFiles()) {
            Files.delete(file.toPath());
        }
        Files.delete(received);
        MPI.Finalize();
    }
}
