package dev.nodoubt.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void while_the_database_is_down_everybody_is_told_so_and_afterwards_the_same_key_works() {
        String from = account("10.00");
        String to = account("0");
        IdempotencyKey key = newKey();

        POSTGRES.crash();
        try {
            Answer read = get("/api/accounts");
            Answer write = transfer(key, order(from, to, "1"));

            assertThat(read.status()).isEqualTo(503);
            assertThat(read.text("type")).isEqualTo("urn:nodoubt:transfer:ledger-unavailable");
            assertThat(read.response().headers().firstValue("Retry-After")).hasValue("1");
            assertThat(write.status()).isEqualTo(503);
            assertThat(write.response().headers().firstValue("Nodoubt-Outcome")).hasValue("not-executed");
            assertThat(write.response().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        } finally {
            POSTGRES.restart();
        }
        await().atMost(PATIENCE).until(() -> get("/api/accounts").status() == 200);
        Answer later = transfer(key, order(from, to, "1"));

        assertThat(later.status()).isEqualTo(201);
        assertThat(balance(from)).isEqualTo("9.00");
        await().atMost(PATIENCE)
                .until(() -> get("/api/transfers/" + later.text("id"))
                        .body()
                        .at("/notification/outcome")
                        .asString("")
                        .equals("executed"));
    }
}
