package dev.nodoubt.demo.lane;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads transfers from CSV as RFC 4180 has it: UTF-8, a header line {@code from,to,amount,memo}, fields in double quotes
 * where they hold commas, quotes or line breaks. Everything is read or nothing.
 */
public final class TransfersCsv {

    private static final List<String> COLUMNS = List.of("from", "to", "amount", "memo");
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_MEMO = 80;
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_BYTES = 32 * 1024 * 1024;
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,2})?");

    private final String file;

    private TransfersCsv(String file) {
        this.file = file;
    }

    /**
     * The transfers of a file, numbered from 1.
     *
     * @param file its name, for messages
     * @throws InvalidCsv that names the first line which breaks a rule
     */
    public static List<Transfer> parse(String file, byte[] content) throws InvalidCsv {
        return new TransfersCsv(file).parse(content);
    }

    private List<Transfer> parse(byte[] content) throws InvalidCsv {
        if (content.length > MOST_BYTES) {
            throw new InvalidCsv(file + ": at most " + MOST_BYTES + " bytes are read, was " + content.length);
        }
        List<CsvRecord> records = new CsvReader(file, decode(content)).records();
        if (records.isEmpty()) {
            throw new InvalidCsv(file + ": line 1 must be the header " + String.join(",", COLUMNS) + ", was empty");
        }
        header(records.get(0));
        if (records.size() == 1) {
            throw new InvalidCsv(file + ": at least one transfer must follow the header, was none");
        }
        if (records.size() - 1 > MOST_ROWS) {
            throw new InvalidCsv(file + ": at most " + MOST_ROWS + " transfers are read, was " + (records.size() - 1));
        }
        List<Transfer> transfers = new ArrayList<>();
        for (CsvRecord csv : records.subList(1, records.size())) {
            transfers.add(transfer(transfers.size() + 1, csv));
        }
        return transfers;
    }

    private void header(CsvRecord first) throws InvalidCsv {
        List<String> names = first.fields().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (!names.equals(COLUMNS)) {
            throw new InvalidCsv("%s line %d: the header must be %s, was '%s'"
                    .formatted(file, first.line(), String.join(",", COLUMNS), shown(String.join(",", names))));
        }
    }

    private Transfer transfer(int number, CsvRecord csv) throws InvalidCsv {
        if (csv.fields().size() != COLUMNS.size()) {
            throw new InvalidCsv("%s line %d: must have %d columns (%s), has %d"
                    .formatted(
                            file,
                            csv.line(),
                            COLUMNS.size(),
                            String.join(",", COLUMNS),
                            csv.fields().size()));
        }
        String from = name(csv, 0);
        String to = name(csv, 1);
        if (from.equals(to)) {
            throw invalid(csv, 1, "must differ from the payer");
        }
        return new Transfer(number, from, to, amount(csv), memo(csv));
    }

    private String name(CsvRecord csv, int column) throws InvalidCsv {
        String name = csv.fields().get(column).strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || hasControl(name)) {
            throw invalid(csv, column, "must be 1 to " + LONGEST_NAME + " characters without control characters");
        }
        return name;
    }

    private BigDecimal amount(CsvRecord csv) throws InvalidCsv {
        String value = csv.fields().get(2).strip();
        if (!AMOUNT.matcher(value).matches() || new BigDecimal(value).signum() == 0) {
            throw invalid(csv, 2, "must be a decimal number above 0 with at most 9 digits and 2 places, such as 12.34");
        }
        return new BigDecimal(value);
    }

    private String memo(CsvRecord csv) throws InvalidCsv {
        String memo = csv.fields().get(3).strip();
        if (memo.length() > LONGEST_MEMO || hasControl(memo)) {
            throw invalid(csv, 3, "must be at most " + LONGEST_MEMO + " characters without control characters");
        }
        return memo;
    }

    private InvalidCsv invalid(CsvRecord csv, int column, String rule) {
        return new InvalidCsv("%s line %d, column %s: %s, was '%s'"
                .formatted(
                        file,
                        csv.line(),
                        COLUMNS.get(column),
                        rule,
                        shown(csv.fields().get(column))));
    }

    private String decode(byte[] content) throws InvalidCsv {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer chars = CharBuffer.allocate(content.length + 1);
        CoderResult end = StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true);
        try {
            if (end.isError()) {
                end.throwException();
            }
        } catch (CharacterCodingException e) {
            long line = 1 + chars.flip().chars().filter(c -> c == '\n').count();
            throw new InvalidCsv("%s line %d: must be UTF-8, byte %d of the file is not"
                    .formatted(file, line, bytes.position() + 1));
        }
        String text = chars.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** A value as a message shows it: short, and on one line. */
    private static String shown(String value) {
        String oneLine = value.replaceAll("\\p{Cntrl}", " ");
        return oneLine.length() <= 40 ? oneLine : oneLine.substring(0, 40) + "…";
    }
}
