/**
 * {@code ./prosa doctor}: what stands before a Prosa, looked at from outside, and told with what to change in nginx, Caddy and HAProxy. What is
 * looked at, and how, is in {@code prosa.doctor.check}; here are the command line and the words.
 */
@NullMarked
package prosa.doctor;

import org.jspecify.annotations.NullMarked;
