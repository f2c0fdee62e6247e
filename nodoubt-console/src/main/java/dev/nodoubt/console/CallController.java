package dev.nodoubt.console;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallDetail;
import dev.nodoubt.call.Desk;
import dev.nodoubt.call.Operator;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.gate.GateKeyStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.servlet.View;

/** The page about one call. */
@Controller
final class CallController {

    private final Pages pages;
    private final Desk desk;
    private final Outbox outbox;
    private final ObjectProvider<Receiver> receiver;

    /** @param receiver where this application has a gate too */
    CallController(Pages pages, Desk desk, Outbox outbox, ObjectProvider<Receiver> receiver) {
        this.pages = pages;
        this.desk = desk;
        this.outbox = outbox;
        this.receiver = receiver;
    }

    @GetMapping("/nodoubt/calls/{key}")
    View call(@PathVariable String key) {
        return page(key, null);
    }

    /** Answers the form itself: what was hidden stands in no address and in no history. */
    @PostMapping("/nodoubt/calls/{key}/reveal")
    View reveal(@PathVariable String key, @RequestAttribute(ConsoleDoor.USER) ConsoleUser user) {
        if (!user.may(Permission.REVEAL)) {
            return forbidden();
        }
        Optional<CallDetail.Revealed> revealed =
                PageController.key(key).flatMap(one -> desk.reveal(one, Operator.named(user.name())));
        return page(key, revealed.orElse(null));
    }

    private View page(String text, CallDetail.@Nullable Revealed revealed) {
        Optional<IdempotencyKey> key = PageController.key(text);
        Optional<CallDetail> detail = key.flatMap(desk::call);
        if (key.isEmpty() || detail.isEmpty()) {
            return pages.show(HttpStatus.NOT_FOUND, "calls", "problem", new Shown.ProblemPage("no-call"));
        }
        Waterfall waterfall = Waterfall.of(detail.get().call().standing().recordedAt(), outbox.attempts(key.get()));
        boolean mayAsk = desk.mayAsk(detail.get().call().target());
        Receiver own = receiver.getIfAvailable();
        List<GateKeyStatus> received = own == null ? List.of() : own.of(key.get());
        return pages.show("calls", "call", new Shown.OneCallPage(detail.get(), waterfall, mayAsk, received, revealed));
    }

    private View forbidden() {
        return pages.show(HttpStatus.FORBIDDEN, "calls", "problem", new Shown.ProblemPage("forbidden"));
    }
}
