/** The names that are one's own in this browser, each with its secret. */
export class Claims {
  #memory;

  /** @param {Memory} memory of the browser, and not of a tab: a new tab shows the secret by itself */
  constructor(memory) {
    this.#memory = memory;
  }

  /** @returns {string | undefined} undefined of a name that is not known to be one's own */
  secretOf(name) {
    return this.#all().get(keyOf(name));
  }

  keep(name, secret) {
    this.#save(this.#all().set(keyOf(name), secret));
  }

  forget(name) {
    const all = this.#all();
    if (all.delete(keyOf(name))) this.#save(all);
  }

  #all() {
    const saved = this.#memory.load();
    return new Map(Array.isArray(saved) ? saved : []);
  }

  #save(all) {
    this.#memory.save([...all]);
  }
}

/** Nearly as the server compares names: whoever writes theirs in a stranger way is asked for the secret. */
function keyOf(name) {
  return name.normalize("NFKC").trim().replace(/\s+/gu, " ").toLowerCase();
}
