/**
 * The servers of the course's two tutorials: a voltage for an EventSource, and a WebSocket that greets and logs. It must not know by which
 * server either is served, nor the chat.
 */
@NullMarked
package prosa.adapter.tutorial;

import org.jspecify.annotations.NullMarked;
