package dev.nodoubt.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The scripts that bring a database's tables from version to version. On all but PostgreSQL they begin with version 2. */
final class Migrations {

    private static final Pattern END_OF_STATEMENT = Pattern.compile("(?<=;)\\n");

    private final Dialect dialect;

    Migrations(Dialect dialect) {
        this.dialect = dialect;
    }

    private int first() {
        return dialect == Dialect.POSTGRESQL ? 1 : 2;
    }

    /** One step: the statements that lead to a version, the note of that version as the last one. */
    record Step(int version, String script) {

        /** Each statement by itself: a driver need not take several at once. A statement ends where a line ends in ";". */
        List<String> statements() {
            return END_OF_STATEMENT
                    .splitAsStream(script)
                    .filter(statement -> !statement.isBlank())
                    .toList();
        }
    }

    /** The steps from this version, 0 for no tables, to the newest. */
    List<Step> since(int version) {
        List<Step> steps = new ArrayList<>();
        for (int next = Math.max(first(), version + 1); next <= Schema.VERSION; next++) {
            steps.add(new Step(next, read(next) + "\nINSERT INTO nodoubt_schema (version) VALUES (" + next + ");\n"));
        }
        return steps;
    }

    private String read(int version) {
        String name = dialect.file() + "-" + version + ".sql";
        try (InputStream in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("nodoubt's jar lacks " + name + ": it is damaged, take another one");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
