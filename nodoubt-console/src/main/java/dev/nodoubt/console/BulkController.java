package dev.nodoubt.console;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallPage;
import dev.nodoubt.call.Deed;
import dev.nodoubt.call.Desk;
import dev.nodoubt.call.RecordedCall;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** One action on many calls: first a page that shows on which, then the action on exactly these. */
@Controller
final class BulkController {

    private static final Map<String, Set<Permission>> NEEDED = Map.of(
            "attempt", Set.of(Permission.ATTEMPT),
            // of each call it is the one or the other
            "give-up", Set.of(Permission.CANCEL, Permission.FENCE));

    private final Pages pages;
    private final Desk desk;

    BulkController(Pages pages, Desk desk) {
        this.pages = pages;
        this.desk = desk;
    }

    /** @param key of the rows that were chosen; none for all that the line finds */
    @GetMapping("/nodoubt/calls/bulk")
    View preview(
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") List<String> key,
            @RequestAttribute(ConsoleDoor.USER) ConsoleUser user) {
        if (!may(user, action)) {
            return problem(HttpStatus.FORBIDDEN, "forbidden");
        }
        FilterLine line = FilterLine.parse(q);
        if (!line.problems().isEmpty()) {
            return problem(HttpStatus.BAD_REQUEST, "filter"); // half a filter would find more than was meant
        }
        CallPage found = key.isEmpty()
                ? desk.search(line.filter(pages.now(), Desk.MOST_AT_ONCE))
                : new CallPage(chosen(key), false, null);
        List<RecordedCall> open =
                found.calls().stream().filter(call -> !call.state().isFinal()).toList();
        boolean more = found.more() || found.searchedTo() != null;
        return pages.show("calls", "bulk", new Shown.BulkPage(action, line, open, more));
    }

    private List<RecordedCall> chosen(List<String> keys) {
        return keys.stream()
                .limit(Desk.MOST_AT_ONCE)
                .map(PageController::key)
                .flatMap(Optional::stream)
                .map(desk::call)
                .flatMap(Optional::stream)
                .map(detail -> detail.call())
                .toList();
    }

    /** @param keys those that the preview showed, with spaces between them */
    @PostMapping("/nodoubt/calls/bulk")
    View act(
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String keys,
            @RequestParam(defaultValue = "") String reason,
            @RequestAttribute(ConsoleDoor.USER) ConsoleUser user,
            HttpServletRequest request) {
        if (!may(user, action)) {
            return problem(HttpStatus.FORBIDDEN, "forbidden");
        }
        if (reason.isBlank()) {
            return ActionController.back(request, "calls", "bulk.no-reason");
        }
        List<IdempotencyKey> wanted = Arrays.stream(keys.split(" "))
                .map(PageController::key)
                .flatMap(Optional::stream)
                .distinct()
                .limit(Desk.MOST_AT_ONCE)
                .toList();
        Map<IdempotencyKey, Deed> deeds = action.equals("attempt")
                ? desk.attemptNow(wanted, ActionController.by(user, reason))
                : desk.giveUp(wanted, ActionController.by(user, reason));
        long done = deeds.values().stream().filter(Deed::isDone).count();
        return ActionController.back(request, "calls", "bulk.done&n=" + done);
    }

    private static boolean may(ConsoleUser user, String action) {
        Set<Permission> needed = NEEDED.get(action);
        return needed != null && user.permissions().containsAll(needed);
    }

    private View problem(HttpStatus status, String kind) {
        return pages.show(status, "calls", "problem", new Shown.ProblemPage(kind));
    }
}
