package prosa.lab.report;

import java.util.List;

/**
 * A part of the report, in one language: what was looked at, its plots and its table.
 *
 * @param id a word with hyphens, the same in all languages; documents name their figures by it
 * @param gist what it showed, in a line with a figure for each wire; empty if there is nothing to tell
 * @param plots those that tell nothing are left out
 * @param about what this is, for people who have never seen it
 * @param notes what one must know to read the figures; goes wherever the table goes
 * @param command what gives these figures anew
 */
record Section(
        String id,
        String title,
        String about,
        String gist,
        List<Plot> plots,
        Table table,
        List<String> notes,
        String command) {
    Section {
        plots = plots.stream().filter(plot -> !plot.tellsNothing()).toList();
        notes = List.copyOf(notes);
    }
}
