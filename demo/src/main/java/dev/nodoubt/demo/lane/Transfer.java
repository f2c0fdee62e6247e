package dev.nodoubt.demo.lane;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * One transfer of the input.
 *
 * @param number its place in the input, counted from 1
 * @param from who pays
 * @param to who is paid, and gets the mail
 * @param amount more than zero, at most two decimal places
 * @param memo free text, may be empty
 */
public record Transfer(int number, String from, String to, BigDecimal amount, String memo) {

    /** The memo with the number by which the network knows this transfer in every lane. */
    public String numberedMemo() {
        return (tag() + " " + memo).trim();
    }

    /** The number as mails and memos name it, such as {@code #000123}. */
    public String tag() {
        return String.format(Locale.ROOT, "#%06d", number);
    }

    /** What a comparison lane writes into X-Transfer-Id. */
    public String id(String lane) {
        return String.format(Locale.ROOT, "%s-%06d", lane, number);
    }
}
