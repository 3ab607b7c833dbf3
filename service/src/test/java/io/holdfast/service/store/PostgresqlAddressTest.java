package io.holdfast.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresqlAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    postgresql://db.test/holdfast             | [db.test:5432]            | holdfast
                    postgresql://a.test:1,b.test/x%20y        | [a.test:1, b.test:5432]   | x y
                    postgresql://[2001:db8::1]:6543/x         | [[2001:db8::1]:6543]      | x
                    postgresql://a/x?sslmode=require          | [a:5432]                  | x
                    """)
    void itSaysWhereTheDatabaseIs(String url, String servers, String database) {
        PostgresqlAddress address = new PostgresqlAddress(url, "me", Optional.empty());
        assertThat(address.servers().stream().map(one -> one.host() + ":" + one.port()).toList())
                .hasToString(servers);
        assertThat(address.database()).isEqualTo(database);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mysql://db.test/x                  | write "sqlite", or such as
                    postgresql://db.test               | write "sqlite", or such as
                    postgresql:///x                    | is no server
                    postgresql://me:secret@db.test/x   | as store-user and store-password-file
                    postgresql://db.test:65536/x       | "db.test:65536" is no server
                    postgresql://db.test:0/x           | is no server
                    postgresql://a,/x                  | is no server
                    postgresql://a/x?password=y        | is not known after the "?"
                    """)
    void whatIsWrongIsNamed(String url, String why) {
        assertThatThrownBy(() -> PostgresqlAddress.check(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret");
    }

    @Test
    void theSecurityOfTheConnectionIsInTheWordsOfPostgresql() {
        assertThat(
                        new PostgresqlAddress(
                                        "postgresql://a/x?sslmode=verify-full&sslrootcert=/a%20b",
                                        "me", Optional.empty())
                                .parameters())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", "/a b");
    }
}
