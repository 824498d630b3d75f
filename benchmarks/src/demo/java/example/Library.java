package example;

import java.util.List;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/**
 * What every rank does: starts Hibernate over a database in memory, writes rows, reads them back, and says when it is ready.
 *
 * <pre>
 * rows 24 years 45948 last [Book 7.2 1919 paper] rank 3
 * READY rank=3 millis=1700000000000
 * </pre>
 *
 * With an argument there is no line with the time, so that outputs can be compared.
 */
public final class Library {
    private static final int AUTHORS = 8;
    private static final int BOOKS_OF_EACH = 3;

    private Library() {}

    public static void main(String[] args) {
        System.setProperty("org.jboss.logging.provider", "slf4j"); // to slf4j-nop: ranks are quiet
        String rank = System.getenv().getOrDefault("OMPI_COMM_WORLD_RANK", "0");
        try (SessionFactory factory = configuration().buildSessionFactory()) {
            factory.inTransaction(Library::write);
            factory.inSession(session -> read(session, rank));
            if (args.length == 0) {
                System.out.println("READY rank=" + rank + " millis=" + System.currentTimeMillis());
            }
        }
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.setProperty("hibernate.connection.driver_class", "org.h2.Driver");
        configuration.setProperty("hibernate.connection.url", "jdbc:h2:mem:library");
        configuration.setProperty("hibernate.connection.username", "sa");
        configuration.setProperty("hibernate.connection.password", "");
        configuration.setProperty("hibernate.connection.provider_class", "hikari");
        configuration.setProperty("hibernate.hikari.maximumPoolSize", "2");
        configuration.setProperty("hibernate.hbm2ddl.auto", "create");
        configuration.setProperty("hibernate.cache.region.factory_class", "jcache");
        configuration.setProperty("hibernate.javax.cache.missing_cache_strategy", "create");
        configuration.addAnnotatedClass(Author.class);
        configuration.addAnnotatedClass(Book.class);
        return configuration;
    }

    private static void write(Session session) {
        for (int i = 0; i < AUTHORS; i++) {
            Author author = new Author("Author " + i);
            for (int k = 0; k < BOOKS_OF_EACH; k++) {
                author.wrote("Book " + i + "." + k, 1910 + i + k);
            }
            session.persist(author);
        }
    }

    private static void read(Session session, String rank) {
        List<Book> books = session.createSelectionQuery("from Book b join fetch b.author order by b.title", Book.class)
                .getResultList();
        int years = session.createSelectionQuery("select cast(sum(yearOfPrint) as Integer) from Book", Integer.class)
                .getSingleResult();
        System.out.println("rows " + books.size() + " years " + years + " last ["
                + books.get(books.size() - 1).describe() + "] rank " + rank);
    }
}
