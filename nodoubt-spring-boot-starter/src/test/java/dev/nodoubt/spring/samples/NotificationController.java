package dev.nodoubt.spring.samples;

import dev.nodoubt.spring.Idempotent;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The receiver of all samples. */
@RestController
class NotificationController {

    private final JdbcClient jdbc;

    NotificationController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Idempotent
    @PostMapping("/api/notifications")
    ResponseEntity<Void> accept(@RequestBody Map<String, String> notification) {
        jdbc.sql("INSERT INTO notification (text) VALUES (?)")
                .param(notification.get("text"))
                .update();
        return ResponseEntity.accepted().build();
    }
}
