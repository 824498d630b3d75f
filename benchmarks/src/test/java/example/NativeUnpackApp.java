package example;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * Uses two libraries that unpack their native parts into a temporary directory and load them from there: Netty's epoll transport and SQLite by JDBC. Prints what they
 * say. Nothing of theirs is needed to compile it.
 */
public final class NativeUnpackApp {
    private NativeUnpackApp() {}

    /** No arguments. */
    public static void main(String[] args) throws Exception {
        Class<?> epoll = Class.forName("io.netty.channel.epoll.Epoll");
        System.out.println("epoll available=" + epoll.getMethod("isAvailable").invoke(null));
        Object cause = epoll.getMethod("unavailabilityCause").invoke(null);
        if (cause != null) {
            ((Throwable) cause).printStackTrace();
        }
        Class<?> group = Class.forName("io.netty.channel.epoll.EpollEventLoopGroup");
        Object loops = group.getConstructor(int.class).newInstance(1);
        Method submit = group.getMethod("submit", Runnable.class);
        submit.invoke(loops, (Runnable) () -> System.out.println("in an event loop"));
        Object ended = group.getMethod("shutdownGracefully").invoke(loops);
        ended.getClass().getMethod("sync").invoke(ended);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select sqlite_version(), 6 * 7")) {
            result.next();
            System.out.println("sqlite " + result.getString(1) + " " + result.getInt(2));
        }
    }
}
