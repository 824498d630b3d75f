package example;

import java.io.IOException;
import java.util.zip.CRC32;

/** Says what it finds on its standard input: all of it, {@code line} of it (byte by byte, not one more), or {@code nothing}, as its argument wants. */
public final class InputApp {
    private InputApp() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "all" -> {
                CRC32 sum = new CRC32();
                byte[] bytes = System.in.readAllBytes();
                sum.update(bytes);
                System.out.println("bytes=" + bytes.length + " crc=" + Long.toHexString(sum.getValue()));
            }
            case "line" -> {
                StringBuilder line = new StringBuilder();
                for (int c = System.in.read(); c >= 0 && c != '\n'; c = System.in.read()) {
                    line.append((char) c);
                }
                System.out.println("line=" + line);
            }
            case "nothing" -> {}
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("main ends");
    }
}
