package dev.nodoubt.console;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Attention;
import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallPage;
import dev.nodoubt.call.Desk;
import dev.nodoubt.call.Desk.TargetView;
import dev.nodoubt.call.Overview;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The pages about all calls. */
@Controller
final class PageController {

    static final int ROWS = 50;

    /** How long a doubt lasts that a person should see: longer than one that ends by itself in most cases. */
    private static final Duration DOUBT_FOR = Duration.ofMinutes(5);

    private final Pages pages;
    private final Desk desk;
    private final Live live;

    PageController(Pages pages, Desk desk, Live live) {
        this.pages = pages;
        this.desk = desk;
        this.live = live;
    }

    @GetMapping({"/nodoubt", "/nodoubt/"})
    View overview() {
        Overview overview = desk.overview();
        List<TargetView> targets = desk.targets();
        List<Findings.Finding> findings = Findings.of(overview, targets, desk.nodes());
        return pages.show("", "overview", new Shown.OverviewPage(overview, targets, findings, live.isOffered()));
    }

    @GetMapping("/nodoubt/calls")
    View calls(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String after) {
        FilterLine line = FilterLine.parse(q);
        CallFilter filter = line.filter(pages.now(), ROWS);
        Optional<IdempotencyKey> older = key(before);
        Optional<IdempotencyKey> newer = key(after);
        CallPage page;
        if (older.isPresent()) {
            page = desk.search(filter.olderThan(older.get()));
        } else if (newer.isPresent()) {
            page = desk.search(filter.newerThan(newer.get()));
        } else {
            page = desk.search(filter);
        }
        boolean newest = older.isEmpty() && (newer.isEmpty() || !page.more());
        boolean oldest = newer.isEmpty() && !page.more();
        return pages.show("calls", "calls", new Shown.CallsPage(line, page, newest, oldest));
    }

    @GetMapping("/nodoubt/attention")
    View attention() {
        Attention attention = desk.attention(DOUBT_FOR);
        return pages.show("attention", "attention", new Shown.AttentionPage(attention, DOUBT_FOR));
    }

    @GetMapping("/nodoubt/targets")
    View targets() {
        return pages.show("targets", "targets", new Shown.TargetsPage(desk.targets()));
    }

    @GetMapping("/nodoubt/nodes")
    View nodes() {
        return pages.show("nodes", "nodes", new Shown.NodesPage(desk.nodes()));
    }

    /** A key as an address carries it; empty when it is none. */
    static Optional<IdempotencyKey> key(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(IdempotencyKey::of)
                    .filter(key -> key.uuid().isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
