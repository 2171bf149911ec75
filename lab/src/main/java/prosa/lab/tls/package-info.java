/**
 * TLS on sockets, as the laboratory's clients and its relay speak it: whom they trust, and one leg of a connection with TLS on it or
 * none. It must not know who speaks over it, nor what.
 */
@NullMarked
package prosa.lab.tls;

import org.jspecify.annotations.NullMarked;
