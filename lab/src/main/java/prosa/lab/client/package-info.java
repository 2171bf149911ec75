/**
 * A client for each wire, on plain sockets or over TLS, that counts every byte by what it is for. It knows the protocol and nothing of how figures
 * are made from its counts; it is written to be read beside the protocol's specifications.
 */
@NullMarked
package prosa.lab.client;

import org.jspecify.annotations.NullMarked;
