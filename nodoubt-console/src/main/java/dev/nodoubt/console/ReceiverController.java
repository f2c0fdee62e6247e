package dev.nodoubt.console;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The page about what this application's own gate knows. */
@Controller
final class ReceiverController {

    private final Pages pages;
    private final Receiver receiver;

    ReceiverController(Pages pages, Receiver receiver) {
        this.pages = pages;
        this.receiver = receiver;
    }

    @GetMapping("/nodoubt/receiver")
    View receiver(
            @RequestParam(defaultValue = "") String scope,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String state) {
        Shown.ReceiverQuery typed = new Shown.ReceiverQuery(scope.strip(), key.strip(), state);
        return pages.show("receiver", "receiver", receiver.find(typed));
    }
}
