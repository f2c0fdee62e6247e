package dev.nodoubt.demo.lane;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into CSV records; empty lines are passed over. Used once. */
final class CsvReader {

    private final String file;
    private final String text;
    private int at;
    private int line = 1;

    CsvReader(String file, String text) {
        this.file = file;
        this.text = text;
    }

    List<CsvRecord> records() throws InvalidCsv {
        List<CsvRecord> records = new ArrayList<>();
        while (at < text.length()) {
            CsvRecord csv = next();
            if (csv.fields().size() > 1 || !csv.fields().get(0).isBlank()) {
                records.add(csv);
            }
        }
        return records;
    }

    private CsvRecord next() throws InvalidCsv {
        int begin = line;
        List<String> fields = new ArrayList<>();
        do {
            fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
        } while (skip(','));
        if (at < text.length()) {
            skip('\r');
            if (!skip('\n')) {
                throw new InvalidCsv("%s line %d: after a closing quote a comma or the line's end must follow, was '%c'"
                        .formatted(file, line, text.charAt(at)));
            }
            line++;
        }
        return new CsvRecord(begin, fields);
    }

    private String plain() {
        int begin = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String quoted() throws InvalidCsv {
        int begin = line;
        StringBuilder field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"' && !skip('"')) {
                return field.toString();
            }
            line += c == '\n' ? 1 : 0;
            field.append(c);
        }
        throw new InvalidCsv("%s line %d: the quote that opens there must be closed, was not".formatted(file, begin));
    }

    private boolean skip(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }
}
