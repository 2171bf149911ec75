import { onLanguage, phrase } from "./i18n.js";

/**
 * Says where the page came in the clear from another machine: then others on the way can read what is written here. On this machine
 * nobody is on the way.
 */

const THIS_MACHINE = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/u;

const note = document.getElementById("plain");
let encrypted;

/** The same page where it is encrypted. */
function link() {
  const a = document.createElement("a");
  a.href = encrypted.href;
  a.textContent = encrypted.host;
  return a;
}

function say() {
  note.replaceChildren(...phrase(encrypted ? "plain.encrypted" : "plain", { address: encrypted ? link() : "" }));
}

async function tell() {
  const answer = await fetch(new URL("../https", import.meta.url)).catch(() => undefined);
  const { port } = answer?.ok ? await answer.json() : {};
  if (port) {
    encrypted = new URL(location);
    encrypted.protocol = "https:";
    encrypted.port = port;
  }
  say();
  note.hidden = false;
  onLanguage(say);
}

if (location.protocol === "http:" && !THIS_MACHINE.test(location.hostname)) tell();
