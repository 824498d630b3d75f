package example;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.util.Map;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A book, with facts that have no column of their own. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Book {
    @Id
    @GeneratedValue
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Author author;

    private String title;

    private int yearOfPrint;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> facts;

    protected Book() {}

    Book(Author author, String title, int yearOfPrint) {
        this.author = author;
        this.title = title;
        this.yearOfPrint = yearOfPrint;
        this.facts = Map.of("binding", "paper");
    }

    /** One line: title, year and binding. */
    String describe() {
        return title + " " + yearOfPrint + " " + facts.get("binding");
    }
}
