/**
 * Does to each wire what networks, proxies and people do, and tells what was lost, doubled or delayed. It knows clients, the relay and
 * a server from outside; it must not know how figures are measured or shown. What is seen in a trial is called as in {@link
 * prosa.lab.experiment.Seen}, a trial's variant as in {@link prosa.lab.experiment.Variant} and, for texts, {@link
 * prosa.lab.experiment.Sample}.
 */
@NullMarked
package prosa.lab.experiment;

import org.jspecify.annotations.NullMarked;
