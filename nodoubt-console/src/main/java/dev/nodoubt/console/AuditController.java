package dev.nodoubt.console;

import dev.nodoubt.call.AuditEntry;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.DeskStore.AuditQuery;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The page about what operators did. */
@Controller
final class AuditController {

    private final Pages pages;
    private final DeskStore store;

    AuditController(Pages pages, DeskStore store) {
        this.pages = pages;
        this.store = store;
    }

    @GetMapping("/nodoubt/audit")
    View audit(
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(required = false) @Nullable Long before) {
        AuditEntry.Action wanted = Arrays.stream(AuditEntry.Action.values())
                .filter(one -> one.word().equals(action))
                .findFirst()
                .orElse(null);
        String who = actor.isBlank() ? null : actor.strip();
        List<AuditEntry> entries = store.audit(new AuditQuery(who, wanted, before, PageController.ROWS + 1));
        List<AuditEntry> some = entries.subList(0, Math.min(PageController.ROWS, entries.size()));
        boolean more = entries.size() > some.size();
        return pages.show(
                "audit", "audit", new Shown.AuditPage(some, actor.strip(), wanted == null ? "" : wanted.word(), more));
    }
}
