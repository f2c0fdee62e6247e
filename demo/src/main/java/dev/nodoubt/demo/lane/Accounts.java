package dev.nodoubt.demo.lane;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The people of the input, with money and a mail address each; the same in every lane. */
final class Accounts {

    private final Map<String, String> addresses = new TreeMap<>();
    private final BigDecimal balance;

    Accounts(List<Transfer> input) {
        TreeSet<String> names = new TreeSet<>();
        BigDecimal sum = BigDecimal.ONE;
        for (Transfer transfer : input) {
            names.add(transfer.from());
            names.add(transfer.to());
            sum = sum.add(transfer.amount());
        }
        for (String name : names) {
            addresses.put(name, String.format(Locale.ROOT, "person%04d@example.com", addresses.size() + 1));
        }
        this.balance = sum.setScale(2);
    }

    /** Enough for whatever the input lets one person pay. */
    BigDecimal balance() {
        return balance;
    }

    /** Every name with its address. */
    Map<String, String> addresses() {
        return addresses;
    }

    String address(String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new IllegalArgumentException("no account of that name is in the input");
        }
        return address;
    }
}
