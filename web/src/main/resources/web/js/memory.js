/** What a tab (or, with localStorage, the browser) remembers. Storage may be forbidden: then nothing is remembered. */
export class Memory {
  #storage;
  #key;

  constructor(storageName, key) {
    this.#key = key;
    try {
      this.#storage = globalThis[storageName];
    } catch {
      this.#storage = undefined;
    }
  }

  load() {
    try {
      return JSON.parse(this.#storage?.getItem(this.#key) ?? "null");
    } catch {
      return null;
    }
  }

  save(value) {
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(value));
    } catch {
      // Full or forbidden: the page works, it just forgets.
    }
  }

  forget() {
    try {
      this.#storage?.removeItem(this.#key);
    } catch {
      // Forbidden: then there is nothing to forget.
    }
  }
}
