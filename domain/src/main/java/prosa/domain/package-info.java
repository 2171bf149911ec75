/**
 * What a chat room is: names, texts, messages, positions, and the room that decides who may enter and what may be said.
 *
 * <p>It must not know threads, clocks, I/O, JSON or any framework; time and identity are passed in.
 */
@NullMarked
package prosa.domain;

import org.jspecify.annotations.NullMarked;
