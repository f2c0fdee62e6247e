package dev.nodoubt.demo.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransfersCsvTest {

    private static final String HEADER = "from,to,amount,memo\n";

    @Test
    void eachRowBecomesANumberedTransfer() throws InvalidCsv {
        List<Transfer> transfers = parse(HEADER + "김민준,Ada Byrne,12.34,점심값\nB,C,5,\n");

        assertThat(transfers)
                .containsExactly(
                        new Transfer(1, "김민준", "Ada Byrne", new BigDecimal("12.34"), "점심값"),
                        new Transfer(2, "B", "C", new BigDecimal("5"), ""));
    }

    @Test
    void quotesHoldCommasAndQuotes() throws InvalidCsv {
        Transfer transfer =
                parse(HEADER + "\"Lee, Ann\",B,1,\"say \"\"hi\"\", twice\"").get(0);

        assertThat(transfer.from()).isEqualTo("Lee, Ann");
        assertThat(transfer.memo()).isEqualTo("say \"hi\", twice");
    }

    @Test
    void windowsLineEndsByteOrderMarkAndEmptyLinesDoNotMatter() throws InvalidCsv {
        assertThat(parse("\uFEFFFrom, To ,AMOUNT,memo\r\n\r\nA,B,1,x\r\n\r\n"))
                .containsExactly(new Transfer(1, "A", "B", BigDecimal.ONE, "x"));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("", "t.csv: line 1 must be the header from,to,amount,memo, was empty"),
                Arguments.of("a,b\n", "t.csv line 1: the header must be from,to,amount,memo, was 'a,b'"),
                Arguments.of(HEADER, "t.csv: at least one transfer must follow the header, was none"),
                Arguments.of(HEADER + "A,B,1\n", "t.csv line 2: must have 4 columns (from,to,amount,memo), has 3"),
                Arguments.of(HEADER + "A,B,1,x,y\n", "t.csv line 2: must have 4 columns (from,to,amount,memo), has 5"),
                Arguments.of(
                        HEADER + "A,B,1,x\n\n,B,1,x\n",
                        "t.csv line 4, column from: must be 1 to 60 characters without control characters, was ''"),
                Arguments.of(HEADER + "A,A,1,x\n", "t.csv line 2, column to: must differ from the payer, was 'A'"),
                Arguments.of(HEADER + "A,B,x,y\n", amount("x")),
                Arguments.of(HEADER + "A,B,-1,y\n", amount("-1")),
                Arguments.of(HEADER + "A,B,0.00,y\n", amount("0.00")),
                Arguments.of(HEADER + "A,B,1.234,y\n", amount("1.234")),
                Arguments.of(HEADER + "A,B,1e3,y\n", amount("1e3")),
                Arguments.of(HEADER + "A,B,1234567890,y\n", amount("1234567890")),
                Arguments.of(HEADER + "A,B,١,y\n", amount("١")),
                Arguments.of(
                        HEADER + "A,B,1,\"x\ny\"\n",
                        "t.csv line 2, column memo: must be at most 80 characters without control characters, was 'x y'"),
                Arguments.of(
                        HEADER + "A,B,1," + "m".repeat(81),
                        "t.csv line 2, column memo: must be at most 80 characters without control characters, was '"
                                + "m".repeat(40) + "…'"),
                Arguments.of(
                        HEADER + "A,B,1,ok\nA,\"B,1,x\n",
                        "t.csv line 3: the quote that opens there must be closed, was not"),
                Arguments.of(
                        HEADER + "A,\"B\"x,1,x\n",
                        "t.csv line 2: after a closing quote a comma or the line's end must follow, was 'x'"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenLineIsNamedWithItsRuleAndValue(String csv, String message) {
        assertThatExceptionOfType(InvalidCsv.class).isThrownBy(() -> parse(csv)).withMessage(message);
    }

    @Test
    void whatIsNotUtf8IsNamedByItsLine() {
        byte[] latin1 = (HEADER + "A,B,1,ok\nJürgen,B,1,x\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(InvalidCsv.class)
                .isThrownBy(() -> TransfersCsv.parse("t.csv", latin1))
                .withMessage("t.csv line 3: must be UTF-8, byte 31 of the file is not");
    }

    private static String amount(String value) {
        return "t.csv line 2, column amount: must be a decimal number above 0 with at most 9 digits and 2 places,"
                + " such as 12.34, was '" + value + "'";
    }

    private static List<Transfer> parse(String csv) throws InvalidCsv {
        return TransfersCsv.parse("t.csv", csv.getBytes(StandardCharsets.UTF_8));
    }
}
