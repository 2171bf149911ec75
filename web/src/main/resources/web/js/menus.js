/** Menus are `details` of the class `menu`. One is open at most, and whoever closes it by a key is where they were before. */

const OPEN = "details.menu[open]";

/** Closes a menu, or all of them; the focus goes back from within it. */
export function close(menu = document) {
  for (const open of menu === document ? document.querySelectorAll(OPEN) : [menu]) {
    const hadFocus = open.contains(document.activeElement);
    open.open = false;
    if (hadFocus) open.querySelector("summary").focus();
  }
}

function closeOthers(element) {
  for (const open of document.querySelectorAll(OPEN)) {
    if (!open.contains(element)) open.open = false;
  }
}

document.addEventListener("pointerdown", ({ target }) => closeOthers(target));
document.addEventListener("focusin", ({ target }) => closeOthers(target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !document.querySelector(OPEN)) return;
  // It closes nothing else.
  event.stopPropagation();
  close();
}, { capture: true });
