import { currentLanguage, onLanguage, speak, words } from "./i18n.js";

/**
 * What all pages have in common: the words of elements with `data-words`, of attributes named in
 * `data-words-of` (pairs of `attribute:key`), the page's language and its switch.
 */
function translate() {
  const root = document.documentElement;
  root.lang = words("language");
  for (const element of document.querySelectorAll("[data-words]")) {
    element.textContent = words(element.dataset.words);
  }
  for (const element of document.querySelectorAll("[data-words-of]")) {
    for (const pair of element.dataset.wordsOf.split(" ")) {
      const [attribute, key] = pair.split(":");
      element.setAttribute(attribute, words(key));
    }
  }
  for (const button of document.querySelectorAll("[data-speak]")) {
    button.setAttribute("aria-pressed", String(button.dataset.speak === currentLanguage()));
  }
  root.dataset.ready = "";
}

for (const button of document.querySelectorAll("[data-speak]")) {
  button.addEventListener("click", () => speak(button.dataset.speak));
}
onLanguage(translate);
translate();
