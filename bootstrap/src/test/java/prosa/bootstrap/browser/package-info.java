/**
 * Drives a real Chromium over its DevTools protocol: opens tabs, types, clicks, looks. It must not know Prosa.
 */
@NullMarked
package prosa.bootstrap.browser;

import org.jspecify.annotations.NullMarked;
