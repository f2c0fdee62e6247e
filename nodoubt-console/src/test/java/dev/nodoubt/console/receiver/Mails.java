package dev.nodoubt.console.receiver;

import dev.nodoubt.spring.Idempotent;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the tests' application receives of itself. */
@RestController
public final class Mails {

    @Idempotent
    @PostMapping("/mails")
    Map<String, String> mail() {
        return Map.of("mail", "sent");
    }
}
