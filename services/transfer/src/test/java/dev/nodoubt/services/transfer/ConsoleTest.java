package dev.nodoubt.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleTest extends ServiceTest {

    @Test
    void the_console_shows_the_calls_of_transfers() {
        String id = transfer(account("5.00"), account("0"), "5").text("id");
        String key = jdbc.sql("select notification_key::text from transfer where id = :id")
                .param("id", Long.parseLong(id))
                .query(String.class)
                .single();

        Answer call = get("/nodoubt/calls/" + key);

        assertThat(call.status()).isEqualTo(200);
        assertThat(call.response().body()).contains("Call to mail", key);
        assertThat(call.response()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .contains("form-action 'self'");
    }
}
