package dev.nodoubt.test.conformance;

import dev.nodoubt.test.conformance.Verdict.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Every case, run against one receiver. The cases run one after the other, in their order, because some cut the
 * receiver's database; nothing that one leaves behind disturbs the next. Not for concurrent use.
 */
public final class Suite {

    private final Setup setup;
    private final Bench bench;

    public Suite(Setup setup) {
        this.setup = setup;
        this.bench = new Bench(setup);
    }

    /** The cases' names, in the order in which they are to be run. */
    public static List<String> ids() {
        return Catalogue.ALL.stream().map(Case::id).toList();
    }

    /** What the case with this name expects, in one line. */
    public static String expected(String id) {
        return find(id).expected();
    }

    /** The cases that need any of these. */
    public static Set<String> needing(Need... needs) {
        List<Need> lacking = List.of(needs);
        return Catalogue.ALL.stream()
                .filter(one -> one.needs().stream().anyMatch(lacking::contains))
                .map(Case::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Runs one case. */
    public Verdict run(String id) throws InterruptedException {
        Case one = find(id);
        var missing = one.missing(setup);
        if (missing.isPresent()) {
            return new Verdict(
                    id, one.expected(), Result.NOT_RUN, "needs " + missing.get().phrase(), Duration.ZERO);
        }
        long begin = System.nanoTime();
        String failure = failure(one);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Verdict(id, one.expected(), failure.isEmpty() ? Result.PASSED : Result.FAILED, failure, took);
    }

    /**
     * Runs these cases.
     *
     * @param each told of each verdict as it is given
     */
    public Report run(List<String> ids, Consumer<Verdict> each) throws InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        for (String id : ids) {
            Verdict verdict = run(id);
            each.accept(verdict);
            verdicts.add(verdict);
        }
        return new Report(setup.receiver(), verdicts, setup.has(Ability.EFFECTS));
    }

    private static Case find(String id) {
        return Catalogue.ALL.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no case " + id));
    }

    /** Empty when the case passed. */
    private String failure(Case one) throws InterruptedException {
        try {
            one.trial().run(bench);
            return "";
        } catch (InterruptedException e) {
            throw e;
        } catch (Violation e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            return "no complete answer: " + e.getMessage();
        } catch (Exception e) {
            return "the case could not be carried out: " + e;
        }
    }
}
