package dev.nodoubt.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The overview's numbers as they change, as server-sent events. */
@Controller
final class LiveController {

    private final Live live;

    LiveController(Live live) {
        this.live = live;
    }

    @GetMapping("/nodoubt/live")
    @Nullable
    SseEmitter live(HttpServletResponse response) throws IOException {
        Optional<SseEmitter> watcher = live.watch();
        if (watcher.isEmpty()) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
        return watcher.orElse(null);
    }
}
