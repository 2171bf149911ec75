/** What somebody finds who fetches the archive or the package, and has no Java. It must not know Prosa's classes. */
@NullMarked
package prosa.dist;

import org.jspecify.annotations.NullMarked;
