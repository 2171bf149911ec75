package prosa.lab.report;

import java.util.List;

/**
 * Cells that are ready to be read, in one language.
 *
 * @param rows as many cells each as there are columns; a cell may have several lines. None: this was not measured
 */
record Table(List<Column> columns, List<List<String>> rows) {
    Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        int wanted = columns.size();
        if (rows.stream().anyMatch(row -> row.size() != wanted)) {
            throw new IllegalArgumentException("a row has other columns than " + columns);
        }
    }

    /** @param number whether it is read from its right end */
    record Column(String name, boolean number) {
        static Column text(String name) {
            return new Column(name, false);
        }

        static Column number(String name) {
            return new Column(name, true);
        }
    }
}
