package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterLineTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void everyQualifierReachesTheStore() {
        FilterLine line = FilterLine.parse("target:mail state:in-doubt,unresolved key:01A2-b ref:t-7 tag:vip"
                + " error:\"no answer\" age:>5m attempts:>3");

        CallFilter filter = line.filter(NOW, 50);

        assertThat(line.problems()).isEmpty();
        assertThat(filter.query().target()).isEqualTo("mail");
        assertThat(filter.query().states()).containsExactlyInAnyOrder(CallState.IN_DOUBT, CallState.UNRESOLVED);
        assertThat(filter.query().reference()).isEqualTo("t-7");
        assertThat(filter.query().tag()).isEqualTo("vip");
        assertThat(filter.query().limit()).isEqualTo(50);
        assertThat(filter.keyPrefix()).isEqualTo("01a2-b");
        assertThat(filter.text()).isEqualTo("no answer");
        assertThat(filter.madeTo()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
        assertThat(filter.madeFrom()).isNull();
        assertThat(filter.attemptsMoreThan()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"age:<30s,30", "age:<2h,7200", "age:<1d,86400"})
    void youngerThanSoLongIsRecordedAfterThat(String text, long seconds) {
        CallFilter filter = FilterLine.parse(text).filter(NOW, 50);

        assertThat(filter.madeFrom()).isEqualTo(NOW.minusSeconds(seconds));
        assertThat(filter.madeTo()).isNull();
    }

    @Test
    void wordAloneIsTheBeginningOfAKeyOrAReference() {
        assertThat(FilterLine.parse("01a21957-3e53-7f83").terms())
                .containsExactly(new FilterLine.Term(Qualifier.KEY, "01a21957-3e53-7f83"));
        assertThat(FilterLine.parse("transfer-7").terms())
                .containsExactly(new FilterLine.Term(Qualifier.REF, "transfer-7"));
    }

    @Test
    void emptyLineAsksForEverything() {
        FilterLine line = FilterLine.parse("   ");

        assertThat(line.terms()).isEmpty();
        assertThat(line.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "oops:1,qualifier",
        "state:maybe,value.state",
        "age:5m,value.age",
        "age:>5,value.age",
        "attempts:3,value.attempts",
        "attempts:>x,value.attempts",
        "key:xyz,value.key",
        "'target:\"\"',value.target",
        "'error:\"  \"',value.error"
    })
    void whatIsNotUnderstoodIsSaidAndAsksForNothing(String text, String why) {
        FilterLine line = FilterLine.parse(text);

        assertThat(line.problems()).extracting(FilterLine.Problem::why).containsExactly(why);
        assertThat(line.terms()).isEmpty();
        assertThat(line.filter(NOW, 100)).isEqualTo(CallFilter.of(CallQuery.NEWEST));
    }

    @Test
    void qualifierTwiceIsAProblemOfTheSecond() {
        FilterLine line = FilterLine.parse("target:mail target:bank");

        assertThat(line.terms()).containsExactly(new FilterLine.Term(Qualifier.TARGET, "mail"));
        assertThat(line.problems()).containsExactly(new FilterLine.Problem("target:bank", "twice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail", "no answer within 3000 ms", "a:b"})
    void madeLineIsReadBackAsItWasMeant(String value) {
        FilterLine line = FilterLine.parse(FilterLine.of(Qualifier.ERROR, value));

        assertThat(line.terms()).containsExactly(new FilterLine.Term(Qualifier.ERROR, value));
    }

    @Test
    void lineThatIsTooLongAsksForNothing() {
        FilterLine line = FilterLine.parse("ref:" + "x".repeat(1_000));

        assertThat(line.problems()).extracting(FilterLine.Problem::why).containsExactly("long");
        assertThat(line.terms()).isEmpty();
    }
}
