package dev.nodoubt.spring.samples;

import dev.nodoubt.call.Lookup;
import dev.nodoubt.jdbc.JdbcLookup;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

// tag::lookup[]
@Configuration
class MailLookup {

    @Bean("mail")
    Lookup mail(@Qualifier("shared") DataSource shared) {
        String sql = "SELECT status FROM mail_request WHERE request_id = ?";
        return JdbcLookup.flag(shared, sql, Set.of("DONE"), Set.of("REFUSED"));
    }
}
// end::lookup[]
