package dev.nodoubt.test.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Many rounds of everything at once on one key, judged by the effects alone: none doubled, no effect under a key that was
 * said to be fenced or rejected, none missing under one that was said to be executed.
 */
final class RaceCases {

    private static final int AT_ONCE = 4;
    private static final List<Word> FINAL = List.of(Word.EXECUTED, Word.REJECTED, Word.FENCED);

    static final List<Case> ALL = List.of(
            Case.of(
                    "race.duplicates",
                    "many keys, four first requests each at once: one effect each, none doubled, none lost",
                    bench -> race(bench, RaceCases::duplicates),
                    Ability.EFFECTS),
            Case.of(
                    "race.fence",
                    "many keys, two requests, a fence and a query each at once: 0 doubled, 0 falsely fenced or executed",
                    bench -> race(bench, RaceCases::fence),
                    Ability.EFFECTS),
            Case.of(
                    "race.rollbacks",
                    "many keys, requests that fail, a request that does not, and fences at once: as before",
                    bench -> race(bench, RaceCases::rollbacks),
                    Ability.EFFECTS,
                    Ability.STEERING),
            Case.of(
                    "race.rejections",
                    "many keys, rejected requests and fences at once: one outcome for each key, no effect",
                    bench -> race(bench, RaceCases::rejections),
                    Ability.EFFECTS,
                    Ability.STEERING));

    /** What was said under one key, and by whom. */
    private record Round(Key key, List<Order> orders, List<Request> requests) {}

    private interface Rounds {
        Round next(Bench bench, Random random);
    }

    private RaceCases() {}

    private static void race(Bench bench, Rounds rounds) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < bench.setup().rounds(); i++) {
            List<Round> round = new ArrayList<>();
            for (int j = 0; j < AT_ONCE; j++) {
                round.add(rounds.next(bench, random));
            }
            try {
                run(bench, round);
            } catch (Violation e) {
                throw new Violation("round " + i + " of seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void run(Bench bench, List<Round> rounds) throws Exception {
        List<Callable<Response>> tasks = new ArrayList<>();
        for (Round round : rounds) {
            round.requests().forEach(request -> tasks.add(() -> bench.send(request)));
        }
        List<Response> answers = Crowd.together(tasks);
        int next = 0;
        for (Round round : rounds) {
            judge(bench, round, answers.subList(next, next + round.requests().size()));
            next += round.requests().size();
        }
    }

    private static void judge(Bench bench, Round round, List<Response> said) throws Exception {
        List<Response> all = new ArrayList<>(said);
        all.add(bench.insist(bench.fence(round.key())));
        Set<Word> outcomes = EnumSet.noneOf(Word.class);
        for (Response response : all) {
            response.require(!response.all(Response.OUTCOME).isEmpty(), "expected a Nodoubt-Outcome");
            FINAL.stream().filter(response::says).forEach(outcomes::add);
        }
        Violation.unless(outcomes.size() == 1, "one key must have one outcome, it was said: " + all);
        long effects = 0;
        for (Order order : round.orders()) {
            effects += bench.setup().subject().effects(order.mark());
        }
        Violation.unless(
                effects == (outcomes.contains(Word.EXECUTED) ? 1 : 0),
                effects + " effects of one key, of which was said: " + all);
    }

    private static Round duplicates(Bench bench, Random random) {
        Key key = bench.newKey();
        Order order = bench.order();
        Request request = bench.post(key, order);
        return new Round(key, List.of(order), List.of(request, request, request, request));
    }

    private static Round fence(Bench bench, Random random) {
        Key key = bench.newKey();
        Order order = bench.order();
        Request request = bench.post(key, order);
        Request fence = bench.fence(key, "{\"wait\":" + random.nextInt(3) * 500 + "}");
        return new Round(key, List.of(order), shuffled(random, request, request, fence, bench.query(key)));
    }

    private static Round rollbacks(Bench bench, Random random) {
        Key key = bench.newKey();
        Order order = bench.order();
        Order failing = bench.order(Behaviour.FAIL);
        Request fence = bench.fence(key, "{\"wait\":" + random.nextInt(3) * 500 + "}");
        return new Round(
                key,
                List.of(order, failing),
                shuffled(random, bench.post(key, failing), bench.post(key, failing), bench.post(key, order), fence));
    }

    private static Round rejections(Bench bench, Random random) {
        Key key = bench.newKey();
        Order order = bench.order(Behaviour.status(422));
        Request request = bench.post(key, order);
        return new Round(
                key,
                List.of(order),
                shuffled(random, request, request, bench.fence(key, "{\"wait\":500}"), bench.query(key)));
    }

    private static List<Request> shuffled(Random random, Request... requests) {
        List<Request> shuffled = new ArrayList<>(List.of(requests));
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
