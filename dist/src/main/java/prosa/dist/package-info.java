/**
 * Makes what one installs: a folder with Prosa and a Java runtime of its own, as an archive and as a Debian package. It knows Prosa's jar and
 * launcher as files, and must not know its classes.
 */
@NullMarked
package prosa.dist;

import org.jspecify.annotations.NullMarked;
