/**
 * Clients of Prosa as others would write them, on the JDK's sockets and HTTP client, for tests that talk to a running server.
 *
 * <p>They know the protocol by its documentation, and must not use any class of Prosa's own.
 */
@NullMarked
package prosa.test.wire.client;

import org.jspecify.annotations.NullMarked;
