package example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database in memory, by a native library that the driver unpacks from its jar; a function of it is written in Java and called from native code. */
public final class SqliteApp {
    private SqliteApp() {}

    /** See the class. */
    public static void main(String[] args) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            System.out.println(connection.getMetaData().getDriverName() + " "
                    + connection.getMetaData().getDriverVersion() + " of SQLite "
                    + connection.getMetaData().getDatabaseProductVersion());
            org.sqlite.Function.create(connection, "twice", new Twice());
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("create table planet (name text primary key, days real)");
            }
            fill(connection);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select name, twice(days) from planet order by name")) {
                while (rows.next()) {
                    System.out.println(rows.getString(1) + " " + rows.getDouble(2));
                }
            }
            fill(connection);
        } catch (SQLException e) {
            System.out.println(e.getMessage() + " " + e.getClass().getName());
        }
    }

    private static void fill(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into planet values (?, ?)")) {
            for (String name : new String[] {"mercury", "venus", "earth"}) {
                insert.setString(1, name);
                insert.setDouble(2, 100.5 * name.length());
                insert.executeUpdate();
            }
        }
    }

    private static final class Twice extends org.sqlite.Function {
        @Override
        protected void xFunc() throws SQLException {
            result(2 * value_double(0));
        }
    }
}
