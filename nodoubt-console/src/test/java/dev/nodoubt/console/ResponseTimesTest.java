package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A measurement: prints how long each page takes with many calls in the tables. {@code mvn -pl nodoubt-console -am test
 * -Dtest=ResponseTimesTest -Dconsole.calls=1000000 -Dsurefire.failIfNoSpecifiedTests=false}
 */
@EnabledIfSystemProperty(named = "console.calls", matches = "\\d+")
class ResponseTimesTest {

    private static final int ROUNDS = 30;

    @Test
    void everyPageAnswersWithManyCallsInTheTables() {
        try (Site site = Site.start("nodoubt.console.access.loopback=act")) {
            JdbcTemplate jdbc = new JdbcTemplate(site.bean(DataSource.class));
            MillionCalls.fill(jdbc, Integer.getInteger("console.calls"));
            String open = key(jdbc, "SELECT call_key::text FROM nodoubt_call WHERE state = 'in-doubt' LIMIT 1");
            String settled = key(jdbc, "SELECT call_key::text FROM nodoubt_settled OFFSET 100000 LIMIT 1");
            Map<String, String> pages = new LinkedHashMap<>();
            pages.put("Overview", "");
            pages.put("Calls", "/calls");
            pages.put("Calls, a page far behind", "/calls?q=&before=" + settled);
            for (String line : List.of(
                    "state:in-doubt",
                    "state:never target:bank",
                    "ref:transfer-500000",
                    "tag:eu",
                    "tag:few",
                    "tag:open",
                    "target:bank",
                    settled,
                    "age:>5d",
                    "error:\"1999 ms\"",
                    "error:nowhere",
                    "attempts:>6",
                    "attempts:>100",
                    "target:nobody")) {
                pages.put("Calls, " + line, "/calls?q=" + Site.encoded(line));
            }
            pages.put("Calls, preview of 500", "/calls/bulk?action=attempt&q=" + Site.encoded("state:in-doubt"));
            pages.put("Call, open", "/calls/" + open);
            pages.put("Call, settled", "/calls/" + settled);
            pages.put("Needs attention", "/attention");
            pages.put("Targets", "/targets");
            pages.put("Receiver", "/receiver");
            pages.put("Receiver, a caller's key", "/receiver?scope=caller-1&key=" + settled);
            pages.put("Audit", "/audit");
            pages.put("Audit, one operator", "/audit?actor=operator-7");
            pages.put("Nodes", "/nodes");

            pages.forEach((name, path) -> print(name, times(site, path)));
        }
    }

    private static String key(JdbcTemplate jdbc, String sql) {
        return String.valueOf(jdbc.queryForObject(sql, String.class));
    }

    /** In milliseconds, shortest first, without the first three. */
    private static List<Double> times(Site site, String path) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS + 3; i++) {
            long begin = System.nanoTime();
            HttpResponse<String> page = site.get(path);
            times.add((System.nanoTime() - begin) / 1e6);
            assertThat(page.statusCode()).isEqualTo(200);
        }
        return times.subList(3, times.size()).stream().sorted().toList();
    }

    private static void print(String name, List<Double> times) {
        System.out.println(
                String.format(Locale.ROOT, "| %s | %.0f | %.0f |", name, times.get(ROUNDS / 2), times.get(ROUNDS - 1)));
    }
}
