package example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32;
import org.apache.catalina.startup.Tomcat;

/** A web server on a port of its own, and its first visitor: asks for a servlet, for a page
 * that the server has to compile, for a file of a jar, and for what is not there. Tomcat finds them all by scanning the class path. */
public final class TomcatApp {
    private TomcatApp() {}

    /** For the page, which Tomcat has compiled against this class. */
    public static String line(int i) {
        return "line " + i;
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        // Whether the start of the random numbers is slow enough for a warning depends on the machine.
        Logger random = Logger.getLogger("org.apache.catalina.util.SessionIdGeneratorBase");
        random.setLevel(Level.SEVERE);
        Path base = Files.createTempDirectory("tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.addWebapp("", Files.createDirectory(base.resolve("root")).toString());
        tomcat.start();
        int port = tomcat.getConnector().getLocalPort();
        for (String path :
                new String[] {"/greeting?name=rank", "/page.jsp", "/webjars/jquery/3.7.1/jquery.min.js", "/absent"}) {
            visit(port, path);
        }
        tomcat.stop();
        tomcat.destroy();
        delete(base);
        System.out.println("stopped " + random.getLevel());
    }

    private static void visit(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        CRC32 sum = new CRC32();
        sum.update(response.body());
        System.out.println(path + " " + response.statusCode() + " "
                + response.headers().firstValue("Content-Type").orElse("-") + " bytes " + response.body().length
                + " sum " + sum.getValue());
        if (response.body().length < 100) {
            System.out.println(new String(response.body()).trim());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
