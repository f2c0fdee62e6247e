package dev.nodoubt.console;

import dev.nodoubt.Reply;
import dev.nodoubt.call.Operator;
import dev.nodoubt.gate.GateKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The page about what this application's own gate decided and keeps. */
@Controller
final class ReceiverController {

    private final Pages pages;
    private final Receiver receiver;
    private final Live live;

    ReceiverController(Pages pages, Receiver receiver, Live live) {
        this.pages = pages;
        this.receiver = receiver;
        this.live = live;
    }

    @GetMapping("/nodoubt/receiver")
    View receiver(
            @RequestParam(defaultValue = "") String scope,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String state) {
        Shown.ReceiverQuery typed = new Shown.ReceiverQuery(scope.strip(), key.strip(), state);
        return page(typed, null);
    }

    /**
     * Answers the form itself: what was hidden stands in no address and in no history.
     *
     * @param of scope and key, as {@link Links#gateKey} writes them
     */
    @PostMapping("/nodoubt/receiver/reveal")
    View reveal(@RequestParam(defaultValue = "") String of, @RequestAttribute(ConsoleDoor.USER) ConsoleUser user) {
        if (!user.may(Permission.REVEAL)) {
            return problem(HttpStatus.FORBIDDEN, "forbidden");
        }
        Optional<GateKey> key = Links.gateKey(of);
        Optional<Reply> reply = key.flatMap(one -> receiver.reveal(one, Operator.named(user.name())));
        if (reply.isEmpty()) {
            return problem(HttpStatus.NOT_FOUND, "no-reply");
        }
        Shown.ReceiverQuery typed =
                new Shown.ReceiverQuery(key.get().scope(), key.get().key().value(), "");
        return page(typed, reply.get());
    }

    private View page(Shown.ReceiverQuery typed, @Nullable Reply revealed) {
        Shown.ReceiverPage shown = new Shown.ReceiverPage(
                receiver.horizon(),
                receiver.counts(),
                typed,
                receiver.find(typed),
                receiver.usage(),
                revealed,
                live.isOffered());
        return pages.show("receiver", "receiver", shown);
    }

    private View problem(HttpStatus status, String kind) {
        return pages.show(status, "receiver", "problem", new Shown.ProblemPage(kind));
    }
}
