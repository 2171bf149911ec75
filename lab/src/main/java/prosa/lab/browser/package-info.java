/**
 * A real browser without a window, told what to do over the DevTools protocol, so that what a page can do is looked at and not
 * believed. It must not know what is measured.
 */
@NullMarked
package prosa.lab.browser;

import org.jspecify.annotations.NullMarked;
