package org.tidings.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A table of a page of docs/, so that what stands there can be compared with what there is. */
public final class PageTable {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private final List<String> rows;

    private PageTable(List<String> rows) {
        this.rows = rows;
    }

    /** The page's one whose first cell is this. */
    public static PageTable headed(String page, String cell) {
        try {
            List<String> lines = Files.readAllLines(Path.of("docs", page));
            long before = lines.stream()
                    .takeWhile(line -> !line.startsWith("| " + cell + " |"))
                    .count();
            return new PageTable(lines.stream()
                    .skip(before + 2) // the heading and the line below it
                    .takeWhile(line -> line.startsWith("|"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its first column names, row by row. */
    public List<String> names() {
        return rows.stream().flatMap(PageTable::named).toList();
    }

    /** What its first column names in the rows that have this in their second. */
    public List<String> names(String second) {
        return rows.stream()
                .filter(row -> cell(row, 2).equals(second))
                .flatMap(PageTable::named)
                .toList();
    }

    private static Stream<String> named(String row) {
        return NAME.matcher(cell(row, 1)).results().map((MatchResult name) -> name.group(1));
    }

    private static String cell(String row, int column) {
        return row.split("\\|", -1)[column].strip();
    }
}
