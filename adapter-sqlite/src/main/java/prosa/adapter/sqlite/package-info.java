/**
 * Keeps everything that was said in a SQLite file: one thread writes it in groups, two read it back. What is registered beside it has a file
 * and a thread of its own. A copy of a log that is kept elsewhere is filled by who follows that, and read in the same way.
 *
 * <p>It must not know any wire or another engine; nobody else knows SQLite.
 */
@NullMarked
package prosa.adapter.sqlite;

import org.jspecify.annotations.NullMarked;
