package example;

import java.util.ArrayList;
import java.util.List;

/** Loads classes where memory is short. Arguments: a class whose file is larger than the heap, then classes to load when the heap is full. */
public final class MemoryApp {
    private static final int SMALLEST_PIECE = 16;

    private MemoryApp() {}

    public static void main(String[] args) throws Exception {
        System.out.println(load("p.Warm"));
        for (int i = 0; i < 3; i++) {
            System.out.println(load(args[0]));
        }
        int refused = 0;
        for (int i = 1; i < args.length; i++) {
            refused += loadWithLittleLeft(args[i], i * 4 * SMALLEST_PIECE) ? 0 : 1;
        }
        for (int i = 1; i < args.length; i++) {
            if (!load(args[i]).equals("class " + args[i])) {
                System.out.println(args[i] + " " + load(args[i]));
            }
        }
        System.out.println(refused > 0 ? "some were refused, and loaded later" : "none was refused");
    }

    /** Fills the heap, gives {@code left} bytes of it back, loads; false if there was not enough. */
    private static boolean loadWithLittleLeft(String name, int left) {
        List<byte[]> full = new ArrayList<>(100_000);
        byte[] last = new byte[left];
        for (int piece = 1 << 22; piece >= SMALLEST_PIECE; piece /= 2) {
            try {
                while (true) {
                    full.add(new byte[piece]);
                }
            } catch (OutOfMemoryError e) {
                continue;
            }
        }
        last = null;
        try {
            Class.forName(name);
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        } finally {
            full.clear();
        }
    }

    private static String load(String name) {
        try {
            return Class.forName(name).toString();
        } catch (ClassNotFoundException | LinkageError | OutOfMemoryError e) {
            return e.getClass().getName();
        }
    }
}
