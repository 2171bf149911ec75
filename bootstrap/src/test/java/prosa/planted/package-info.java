/**
 * A house of the same layers in which every rule of the architecture is broken: what the rules are tried on. None of it ever
 * runs, and none of its packages is null-marked.
 */
package prosa.planted;
