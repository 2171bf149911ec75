/**
 * The server's certificate: read from files or made here, renewed while it runs. Knows nothing of wires or chat.
 *
 * <p>{@link prosa.certificate.Identity} is all that others see. Where its pairs of key and certificates come from is a source: files that
 * somebody else renews, or a file that we make and renew.
 */
@NullMarked
package prosa.certificate;

import org.jspecify.annotations.NullMarked;
