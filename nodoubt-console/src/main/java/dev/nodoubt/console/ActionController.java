package dev.nodoubt.console;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Deed;
import dev.nodoubt.call.Desk;
import dev.nodoubt.call.Operator;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** What an operator does to one call or target. Each answers with the way back to the page, which says what became of it. */
@Controller
final class ActionController {

    private static final int LONGEST_REASON = 1_000;
    private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d");

    private final Pages pages;
    private final Desk desk;

    ActionController(Pages pages, Desk desk) {
        this.pages = pages;
        this.desk = desk;
    }

    @PostMapping("/nodoubt/calls/{key}/attempt")
    View attempt(
            @PathVariable String key,
            @RequestAttribute(ConsoleDoor.USER) ConsoleUser user,
            HttpServletRequest request) {
        return onCall(new Wish(Permission.ATTEMPT, key, user, ""), request, one -> desk.attemptNow(one, by(user, "")));
    }

    @PostMapping("/nodoubt/calls/{key}/ask")
    View ask(
            @PathVariable String key,
            @RequestAttribute(ConsoleDoor.USER) ConsoleUser user,
            HttpServletRequest request) {
        return onCall(new Wish(Permission.ASK, key, user, ""), request, one -> desk.askNow(one, by(user, "")));
    }

    @PostMapping("/nodoubt/calls/{key}/cancel")
    View cancel(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String reason,
            @RequestAttribute(ConsoleDoor.USER) ConsoleUser user,
            HttpServletRequest request) {
        return onCall(
                new Wish(Permission.CANCEL, key, user, reason), request, one -> desk.cancel(one, by(user, reason)));
    }

    /** Asks for the end of the key besides the reason: a fence cannot be taken back. */
    @PostMapping("/nodoubt/calls/{key}/fence")
    View fence(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String typed,
            @RequestParam(defaultValue = "") String reason,
            @RequestAttribute(ConsoleDoor.USER) ConsoleUser user,
            HttpServletRequest request) {
        String wanted = typed.strip().toLowerCase(Locale.ROOT);
        if (!wanted.equals(key) && !wanted.equals(lastPart(key))) {
            return back(request, "calls/" + Links.encoded(key), "fence.other-key");
        }
        return onCall(
                new Wish(Permission.FENCE, key, user, reason), request, one -> desk.giveUp(one, by(user, reason)));
    }

    /** @param status that the target answered with, as a handler will read it; empty where nobody knows */
    @PostMapping("/nodoubt/calls/{key}/settle")
    View settle(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String reason,
            @RequestAttribute(ConsoleDoor.USER) ConsoleUser user,
            HttpServletRequest request) {
        if (!status.isBlank() && !STATUS.matcher(status.strip()).matches()) {
            return back(request, "calls/" + Links.encoded(key), "settle.no-status");
        }
        Optional<Outcome> known = outcome(outcome, status.strip());
        if (known.isEmpty()) {
            return back(request, "calls/" + Links.encoded(key), "settle.no-outcome");
        }
        return onCall(
                new Wish(Permission.SETTLE, key, user, reason),
                request,
                one -> desk.settle(one, known.get(), by(user, reason)));
    }

    @PostMapping("/nodoubt/targets/{name}/pause")
    View pause(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String reason,
            @RequestAttribute(ConsoleDoor.USER) ConsoleUser user,
            HttpServletRequest request) {
        return onTarget(user, request, "pause", reason, () -> desk.pause(name, by(user, reason)));
    }

    @PostMapping("/nodoubt/targets/{name}/resume")
    View resume(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String reason,
            @RequestAttribute(ConsoleDoor.USER) ConsoleUser user,
            HttpServletRequest request) {
        return onTarget(user, request, "resume", "-", () -> desk.resume(name, by(user, reason)));
    }

    /** What is asked for, by whom and why. */
    private record Wish(Permission permission, String key, ConsoleUser user, String reason) {

        boolean lacksReason() {
            return switch (permission) {
                case FENCE, CANCEL, SETTLE -> reason.isBlank();
                default -> false;
            };
        }
    }

    private View onCall(Wish wish, HttpServletRequest request, Function<IdempotencyKey, Deed> action) {
        if (!wish.user.may(wish.permission)) {
            return forbidden("calls");
        }
        String page = "calls/" + Links.encoded(wish.key);
        String word = wish.permission.word();
        if (wish.lacksReason()) {
            return back(request, page, word + ".no-reason");
        }
        Optional<IdempotencyKey> key = PageController.key(wish.key);
        try {
            Deed deed = key.map(action).orElseGet(() -> new Deed(Deed.Result.NO_SUCH_CALL, null));
            return back(request, page, word + "." + result(deed));
        } catch (CallStore.HandlerException e) {
            return back(request, page, word + ".handler");
        } catch (IllegalArgumentException e) {
            return back(request, page, word + ".not-here"); // its outcome handler is not configured in this application
        }
    }

    private View onTarget(
            ConsoleUser user, HttpServletRequest request, String word, String reason, Supplier<Deed> action) {
        if (!user.may(Permission.PAUSE)) {
            return forbidden("targets");
        }
        if (reason.isBlank()) {
            return back(request, "targets", word + ".no-reason");
        }
        try {
            return back(request, "targets", word + "." + result(action.get()));
        } catch (IllegalArgumentException e) {
            return back(request, "targets", word + ".no-target");
        }
    }

    private static Optional<Outcome> outcome(String word, String status) {
        return switch (word) {
            case "executed" -> Optional.of(new Outcome.Executed(reply(status, 200)));
            case "rejected" -> Optional.of(new Outcome.Rejected(reply(status, 422)));
            case "never" -> Optional.of(Outcome.Never.of(Outcome.Why.BY_HAND));
            default -> Optional.empty();
        };
    }

    private static Reply reply(String status, int usual) {
        return Reply.of(status.isEmpty() ? usual : Integer.parseInt(status));
    }

    static String result(Deed deed) {
        return deed.result().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Operator by(ConsoleUser user, String reason) {
        String stripped = reason.strip();
        return new Operator(user.name(), stripped.substring(0, Math.min(LONGEST_REASON, stripped.length())));
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('-') + 1);
    }

    private View forbidden(String section) {
        return pages.show(HttpStatus.FORBIDDEN, section, "problem", new Shown.ProblemPage("forbidden"));
    }

    static View back(HttpServletRequest request, String page, String result) {
        RedirectView view = new RedirectView(Pages.base(request) + "/" + page + "?said=" + result);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExpandUriTemplateVariables(false);
        return view;
    }
}
