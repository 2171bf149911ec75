/**
 * HTTP, WebSocket and Server-sent events, in the clear or over TLS, by Javalin and the Jetty under it. It turns requests into
 * calls of the chat, and must not know any other wire, nor how messages are kept.
 */
@NullMarked
package prosa.adapter.javalin;

import org.jspecify.annotations.NullMarked;
